import Connectors
import Domain
import Foundation
import Testing

/// What `docs/desks.md` tells people to send is what is read.
@Suite("the mappings in the document about desks")
struct DeskDocumentTests {
    private static func records() throws -> [String] {
        let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/desks.md")
        let parts = try String(contentsOf: document, encoding: .utf8).components(separatedBy: "```json desk-event\n")
        return parts.dropFirst().compactMap { $0.components(separatedBy: "\n```").first }
    }

    @Test func everyRecordIsTaken() throws {
        let records = try Self.records()
        #expect(records.count == 8)
        for record in records {
            let decoded = DeskEvents.decode(Array(record.utf8), receivedAt: Instant(seconds: 0))
            #expect(decoded.problems.isEmpty, "\(record)")
            #expect(decoded.events.count == 1)
            let day: ClosedRange<Int64> = 20_779...20_779
            for case .desk(let event) in decoded.events {
                #expect(event.conversation.contact == Party(phone: "6281234567890"))
                #expect(day.contains(event.at.seconds / 86_400))
            }
        }
        #expect(Set(records.compactMap { Self.desk($0) }) == ["helpdesk", "zendesk", "hubspot", "qiscus"])
    }

    private static func desk(_ record: String) -> String? {
        for case .desk(let event) in DeskEvents.decode(Array(record.utf8), receivedAt: Instant(seconds: 0)).events {
            return event.desk
        }
        return nil
    }
}
