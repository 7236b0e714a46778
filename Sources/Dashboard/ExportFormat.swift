import Domain
import HTTPTypes
import Hummingbird
import Web

/// Files that a card's numbers are taken away as.
enum ExportFormat: String {
    case csv, json

    /// - Parameter part: which of the card's exports.
    func response(_ card: any Card, part: Int, _ scope: Scope) async throws -> Response {
        let exports = try await Self.exports(card, scope)
        guard exports.indices.contains(part) else { throw Problem.pathUnknown }
        let export = exports[part]
        let bytes: ByteBuffer
        let type: String
        switch self {
        case .csv:
            bytes = ByteBuffer(string: export.csv)
            type = "text/csv; charset=utf-8"
        case .json:
            bytes = ByteBuffer(bytes: export.json(scope.language))
            type = "application/json; charset=utf-8"
        }
        let (from, to) = scope.filters.dates(now: scope.now, clock: scope.figures.clock)
        let name = ["pantau", card.name, export.name, "\(from)", "\(to.adding(days: -1))"].filter { !$0.isEmpty }
        let headers: HTTPFields = [
            .contentType: type,
            .contentDisposition: "attachment; filename=\"\(name.joined(separator: "-")).\(rawValue)\"",
        ]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }

    private static func exports<Chosen: Card>(_ card: Chosen, _ scope: Scope) async throws -> [Export] {
        card.exports(try await card.load(scope), scope)
    }
}
