import Connectors
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Opening hours and service targets: what is in force, and changes of it. A change is a delivery like any other, so
/// that a replay and a restored backup count with the same hours.
extension Surfaces {
    private static let readers: Access = .roles([.analyst, .admin])
    private static let path = "/api/v1/calendars"

    func settingsOperations() -> [Operation] {
        [calendars, setCalendars, calendar, removeCalendar, serviceTargets, setServiceTargets]
    }

    // MARK: Calendars

    private var calendars: Operation {
        Operation(
            .get, Self.path, access: Self.readers, group: .settings,
            summary: Text(id: "Jam kerja yang berlaku", en: "Opening hours in force"),
            detail: Text(
                id: "Semua kalender. recounted adalah bagian penantian yang sudah dihitung ulang setelah perubahan "
                    + "terakhir; 1 berarti semuanya.",
                en: "All calendars. recounted is the share of waits that the latest change has been counted into; 1 "
                    + "means all of them."),
            answers: [
                .json(
                    200, Text(id: "Kalender", en: "The calendars"), .reference("Calendars"),
                    example: ServiceExamples.calendars)
            ]
        ) { [store] _, _ in
            let settings = try await store.serviceSettings()
            var writer = JSONWriter()
            writer.object {
                $0.member(
                    "calendars",
                    array: {
                        for calendar in settings.calendars {
                            let change = CalendarChange(scope: calendar.scope, calendar: calendar)
                            SettingsDelivery.write(change, to: &$0)
                        }
                    })
                $0.member("recounted", settings.recounted)
            }
            return .json(writer)
        }
    }

    private var setCalendars: Operation {
        Operation(
            .put, Self.path, access: .roles([.admin]), group: .settings,
            summary: Text(id: "Atur jam kerja", en: "Set opening hours"),
            detail: Text(
                id: "Satu kalender (`calendar`) atau beberapa (`calendars`). Kalender untuk cakupan yang sama diganti; "
                    + "cakupan lain tetap. Waktu jawab jam kerja dihitung ulang untuk waktu yang jam bukanya berubah, "
                    + "juga di masa lalu.",
                en: "One calendar (`calendar`) or several (`calendars`). One for a scope takes the place of the one "
                    + "before; other scopes keep theirs. Business-hours figures are recounted wherever open time "
                    + "changes, in the past too."),
            body: Accepted(
                type: "application/json",
                schema: .anyOf([.reference("Calendars"), .object([.required("calendar", .reference("Calendar"))])]),
                example: ServiceExamples.calendar),
            answers: [
                .json(
                    202, Text(id: "Tersimpan; berlaku begitu terhitung", en: "Stored; in force once it is counted"),
                    .reference("CalendarsStored"), example: ServiceExamples.calendarsStored)
            ] + Self.refusals
        ) { request, _ in
            let (body, events) = try await Self.settings(request)
            let changes = try events.map { event -> CalendarChange in
                guard case .calendar(let change) = event else { throw Self.misplaced("/api/v1/service-targets") }
                return change
            }
            return try await store(changes, as: body)
        }
    }

    /// Stores calendar changes and answers what was understood.
    private func store(_ changes: [CalendarChange], as body: [UInt8]) async throws -> Response {
        let sequence = try await inbox.append(body, source: .settings, receivedAt: now())
        var writer = JSONWriter()
        writer.object {
            $0.member("calendars", array: { for change in changes { SettingsDelivery.write(change, to: &$0) } })
            $0.member("delivery", sequence)
        }
        return .json(writer, status: .accepted)
    }

    private static let scope = Parameter.path(
        "scope", .string,
        Text(
            id: "workspace, team:NAMA, atau phone_number:ID.", en: "workspace, team:NAME or phone_number:ID."))

    private var calendar: Operation {
        Operation(
            .get, Self.path + "/{scope}", pattern: Self.path + "/**", access: Self.readers, group: .settings,
            summary: Text(id: "Jam kerja satu cakupan", en: "Opening hours of one scope"),
            detail: Text(
                id: "Kalender untuk seluruh bisnis, satu tim, atau satu nomor.",
                en: "The calendar of the whole workspace, a team or a number."),
            parameters: [Self.scope],
            answers: [
                .json(
                    200, Text(id: "Kalender", en: "The calendar"),
                    .object([.required("calendar", .reference("Calendar")), .required("recounted", .number)])),
                .problem(404, Text(id: "Tidak ada kalender untuk cakupan ini", en: "No calendar for this scope")),
            ]
        ) { [store] request, _ in
            let scope = try Self.scope(of: request)
            let settings = try await store.serviceSettings()
            guard let calendar = settings.calendars.first(where: { $0.scope == scope }) else { throw Self.noCalendar }
            var writer = JSONWriter()
            writer.object {
                $0.key("calendar")
                SettingsDelivery.write(CalendarChange(scope: scope, calendar: calendar), to: &$0)
                $0.member("recounted", settings.recounted)
            }
            return .json(writer)
        }
    }

    private var removeCalendar: Operation {
        Operation(
            .delete, Self.path + "/{scope}", pattern: Self.path + "/**", access: .roles([.admin]), group: .settings,
            summary: Text(id: "Hapus kalender", en: "Remove a calendar"),
            detail: Text(
                id: "Yang lebih luas menggantikannya: nomor, lalu seluruh bisnis. Tanpa kalender apa pun, waktu jawab "
                    + "jam kerja kosong, bukan nol.",
                en: "The wider one holds instead: the number's, then the workspace's. Without any, business-hours "
                    + "figures are empty, not zero."),
            parameters: [Self.scope],
            answers: [
                .json(
                    202, Text(id: "Tersimpan; berlaku begitu terhitung", en: "Stored; in force once it is counted"),
                    .reference("CalendarsStored"), example: ServiceExamples.calendarRemoved),
                .problem(404, Text(id: "Tidak ada kalender untuk cakupan ini", en: "No calendar for this scope")),
                .problem(503, Text(id: "Belum tersimpan: kirim lagi", en: "Not stored: send it again")),
            ]
        ) { request, _ in
            let scope = try Self.scope(of: request)
            let isInForce = try await self.store.serviceSettings().calendars.contains { $0.scope == scope }
            let arrival = try await arrival()
            // One that was just set may not be counted yet; a scope that nobody set is most likely misspelt.
            guard isInForce || arrival.projected < arrival.received else { throw Self.noCalendar }
            let change = CalendarChange(scope: scope, calendar: nil)
            return try await store([change], as: SettingsDelivery.encode(change))
        }
    }

    private static func scope(of request: Request) throws -> WorkCalendar.Scope {
        let text = PercentCoding.decode(request.uri.path.utf8.dropFirst(path.utf8.count + 1))
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first, parts.dropFirst().first) {
        case ("workspace", nil): return .workspace
        case ("team", let team?): return .team(team)
        case ("phone_number", let number?): return .phoneNumber(PhoneNumberID(number))
        default:
            throw Failure(
                .notFound,
                id: "Cakupan kalender ditulis workspace, team:NAMA, atau phone_number:ID.",
                en: "A calendar's scope is written workspace, team:NAME or phone_number:ID.")
        }
    }

    private static let noCalendar = Failure(
        .notFound,
        id: "Tidak ada kalender untuk cakupan ini. Yang ada: GET /api/v1/calendars.",
        en: "There is no calendar for this scope. Those there are: GET /api/v1/calendars.")

    // MARK: Targets

    private var serviceTargets: Operation {
        Operation(
            .get, "/api/v1/service-targets", access: Self.readers, group: .settings,
            summary: Text(id: "Target layanan yang berlaku", en: "Service targets in force"),
            detail: Text(
                id: "Dalam urutannya. Target dengan syarat terbanyak yang cocok yang berlaku.",
                en: "In their order. Of those that fit, the one with the most conditions counts."),
            answers: [
                .json(
                    200, Text(id: "Target", en: "The targets"), .reference("ServiceTargets"),
                    example: ServiceExamples.targets)
            ]
        ) { [store] _, _ in
            let settings = try await store.serviceSettings()
            var writer = JSONWriter()
            writer.object {
                $0.key("service_targets")
                SettingsDelivery.write(settings.targets, to: &$0)
                $0.member("recounted", settings.recounted)
            }
            return .json(writer)
        }
    }

    private var setServiceTargets: Operation {
        Operation(
            .put, "/api/v1/service-targets", access: .roles([.admin]), group: .settings,
            summary: Text(id: "Atur target layanan", en: "Set service targets"),
            detail: Text(
                id: "Seluruh daftar diganti; daftar kosong menghapus semua target. Pencapaian SLA dihitung ulang, juga "
                    + "untuk masa lalu.",
                en: "Takes the place of the whole list; an empty one takes all targets away. SLA figures are "
                    + "recounted, of the past too."),
            body: Accepted(
                type: "application/json", schema: .reference("ServiceTargets"), example: ServiceExamples.targets),
            answers: [
                .json(
                    202, Text(id: "Tersimpan; berlaku begitu terhitung", en: "Stored; in force once it is counted"),
                    .reference("ServiceTargetsStored"), example: ServiceExamples.targetsStored)
            ] + Self.refusals
        ) { request, _ in
            let (body, events) = try await Self.settings(request)
            guard events.count == 1, case .serviceTargets(let targets) = events[0] else {
                throw Self.misplaced("/api/v1/calendars")
            }
            let sequence = try await inbox.append(body, source: .settings, receivedAt: now())
            var writer = JSONWriter()
            writer.object {
                $0.key("service_targets")
                SettingsDelivery.write(targets, to: &$0)
                $0.member("delivery", sequence)
            }
            return .json(writer, status: .accepted)
        }
    }

    // MARK: Both

    static let refusals: [Answered] = [
        .problem(400, Text(id: "Bukan JSON, atau jenisnya salah", en: "Not JSON, or of the wrong type")),
        .problem(413, Text(id: "Lebih dari 4 MiB", en: "More than 4 MiB")),
        .problem(422, Text(id: "Tidak masuk akal; detail menyebut bagiannya", en: "No sense; detail names the member")),
        .problem(503, Text(id: "Belum tersimpan: kirim lagi", en: "Not stored: send it again")),
    ]

    /// The body to store, and what it asks for.
    static func settings(_ request: Request) async throws -> (body: [UInt8], events: [Event]) {
        let body = withoutNotes(try await request.bytes(upTo: Limits.webhookBodyBytesMax))
        return (body, try SettingsDelivery.read(body))
    }

    private static let notes: Set<String> = ["recounted", "assumptions_in_words"]

    /// What GET answers may be sent back as it is: what it says beside the settings is taken out.
    private static func withoutNotes(_ body: [UInt8]) -> [UInt8] {
        guard let root = try? JSON.parse(body), root.isObject, root.keys.contains(where: notes.contains) else {
            return body
        }
        var writer = JSONWriter(reservingBytes: body.count)
        writer.object {
            for (key, value) in root.members where !notes.contains(key) {
                $0.key(key)
                $0.value(value)
            }
        }
        return writer.bytes
    }

    static func misplaced(_ path: String) -> Failure {
        Failure(
            .unprocessable, id: "Isi ini milik \(path); kirim ke sana.",
            en: "This body belongs to \(path); send it there.")
    }
}
