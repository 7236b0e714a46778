import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import Web

/// How volume goes on.
extension Surfaces {
    static let aheadReaders: Access = .roles([.analyst, .admin])

    func aheadOperations() -> [Operation] { [ask, forecast, staffing, compare, messagingLimit] }

    /// What counts may be narrowed by.
    static let aheadDimensions: [Dimension] = Dimension.allCases.filter { !$0.isTemporal }

    private var forecast: Operation {
        Operation(
            .get, "/api/v1/forecast", access: Self.aheadReaders, group: .ahead,
            summary: Text(id: "Perkiraan volume per jam", en: "Hourly volume forecast"),
            detail: Text(
                id: "Sebuah hitungan diteruskan per jam untuk hari-hari berikutnya dengan selang 80 % dan 95 %. Pola "
                    + "hari dan minggu, hari libur, Ramadan, tanggal gajian, dan kampanye besar dipelajari dari "
                    + "riwayatnya. trial menyebut seberapa meleset perkiraan untuk tujuh hari terakhir. Riwayat yang "
                    + "terlalu pendek menghasilkan hours kosong dan satu catatan. Dengan Accept: text/csv jawabannya "
                    + "CSV.",
                en: "A count continued by the hour for the next days with 80% and 95% intervals. The shape of days and "
                    + "weeks, public holidays, Ramadan, paydays and large campaigns are learnt from its history. trial "
                    + "tells how far a forecast of the last seven days was off. A history that is too short gives "
                    + "empty hours and a note. With Accept: text/csv the answer is CSV."),
            parameters: [
                .query(
                    "metric", .string,
                    Text(
                        id: "Hitungan dari katalog; bawaan messages_inbound.",
                        en: "A count of the catalogue; messages_inbound by default.")),
                .query("days", .integer, Text(id: "1 sampai 28; bawaan 14.", en: "1 to 28; 14 by default.")),
                .query(
                    "planned", .formatted("date"),
                    Text(
                        id: "Tanggal kampanye yang direncanakan. Boleh diulang.",
                        en: "Date of a planned campaign. May be repeated.")),
            ] + URLConditions.parameters(Self.aheadDimensions),
            answers: [
                .json(
                    200, Text(id: "Perkiraannya", en: "The forecast"), .reference("Forecast"),
                    example: AheadExamples.forecast),
                Answered(200, Text(id: "Perkiraannya", en: "The forecast"), type: "text/csv", schema: .string),
                .problem(400, Text(id: "Parameter tidak terbaca", en: "A parameter cannot be read")),
                .problem(422, Text(id: "Metrik atau filter tidak masuk akal", en: "A metric or filter makes no sense")),
            ]
        ) { [analyst] request, _ in
            let query = request.urlQuery
            let filters = try URLConditions.read(
                query, Self.aheadDimensions, others: ["metric", "days", "planned"])
            var question = ForecastQuestion(filters: filters)
            if let metric = query.word("metric") { question.metric = metric }
            if let days = query.word("days") { question.days = try Self.whole(days, "days") }
            question.planned = try query.items.filter { $0.name == "planned" && !$0.value.isEmpty }.map { item in
                guard let date = LocalDate(item.value) else {
                    throw Failure(
                        .malformed, id: "planned ditulis seperti 2026-12-12.", en: "planned is written as 2026-12-12.")
                }
                return date
            }
            let forecast = try await analyst.forecast(question)
            return Self.wantsCSV(request) ? Self.table(forecast.csv) : .json(forecast.json())
        }
    }

    static func whole(_ text: String, _ name: String) throws -> Int {
        guard let number = Int(text), (-1_000_000_000...1_000_000_000).contains(number) else {
            throw Failure(.malformed, id: "\(name) harus bilangan bulat.", en: "\(name) must be a whole number.")
        }
        return number
    }

    static func table(_ csv: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"pantau.csv\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: csv)))
    }
}
