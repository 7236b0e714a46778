import Connectors
import Domain
import Testing

@Suite("outcomes as a table")
struct OutcomeFileTests {
    private func file(_ text: String, currency: String? = "IDR") -> OutcomeFile {
        OutcomeFile.records(Array(text.utf8), home: OutcomeTelling.home, currency: currency, source: "shop")
    }
    private func outcomes(_ file: OutcomeFile) -> [OutcomeEvent] {
        let decoded = OutcomeRecords.decode(
            file.body, receivedAt: OutcomeTelling.receivedAt, home: OutcomeTelling.home, currency: "IDR", source: "shop"
        )
        return decoded.events.compactMap { if case .outcome(let outcome) = $0 { outcome } else { nil } }
    }

    private let expected = [
        OutcomeEvent(
            source: "shop", id: "A, 1", kind: "payment_confirmed", at: november22(3, 40), value: rupiah(250_000),
            identity: OutcomeIdentity(party: Party(phone: "6281234567890"))),
        OutcomeEvent(source: "shop", id: "B \"2\"", kind: "lead", at: november22(4)),
    ]

    @Test func commas() {
        let table = file(
            """
            id,kind,at,value,contact
            "A, 1",payment_confirmed,2026-11-22T03:40:00Z,250000.00,0812-3456-7890
            "B ""2""\",lead,2026-11-22T11:00:00+07:00,,

            """)
        #expect(table.problems.isEmpty)
        #expect(table.records.map(\.line) == [2, 3])
        #expect(outcomes(table) == expected)
    }

    @Test func semicolonsAMarkAndWindowsLines() {
        let table = file(
            "\u{FEFF}ID;Kind;At;Value;Contact\r\n\"A, 1\";payment_confirmed;2026-11-22T03:40:00Z;250000;+62 812 3456 7890\r\n"
                + "\r\n\"B \"\"2\"\"\";lead;1795320000;null;\r\n")
        #expect(table.problems.isEmpty)
        #expect(table.records.map(\.line) == [2, 4])
        #expect(outcomes(table) == expected)
    }

    @Test func oneRecordAndAPart() {
        let table = file("id,kind,at\n1,lead,1795318800\n2,lead,1795318800\n3,lead,1795318800")
        #expect(outcomes(table).map(\.id) == ["1", "2", "3"])
        #expect(String(decoding: table.body(of: 1..<9), as: UTF8.self).split(separator: "\n").count == 2)
        #expect(outcomes(file("id,kind,at\n1,lead,1795318800")).count == 1)
    }

    @Test func problemsNameTheirLine() {
        let table = file(
            """
            id,kind,at,value,note
            1,lead,1795318800,5,"two
            lines"
            2,lead,yesterday,5
            3,lead,1795318800,250.000
            4,lead,1795318800,"250,000"
            5,,1795318800,5
            6,lead,1795318800,5,note,too much
            7,lead,1795318800,0.125
            8,lead,1795318800
            """)
        #expect(table.problems.map(\.line) == [4, 5, 6, 7, 8])
        #expect(table.problems[0].message.en.hasPrefix("line 4: at must be"))
        #expect(table.problems[0].message.id.hasPrefix("baris 4: at harus"))
        #expect(table.problems[1].message.en.contains("value can be read in two ways"))
        #expect(table.problems[3].message.en.contains("kind is missing"))
        #expect(outcomes(table).map(\.id) == ["1", "7", "8"])
        #expect(outcomes(table)[1].value?.micros == 125_000)
    }

    @Test func filesThatAreNoTable() {
        #expect(file("").problems.map(\.line) == [1])
        #expect(file("\n\n").problems.count == 1)
        #expect(file("order;total\n1;2").problems.first?.message.en.contains("must name the columns") == true)
        #expect(file("id,id,kind\n1,2,lead").problems.count == 1)
        #expect(file("id,kind,at\n1,\"lead,1795318800\n").problems.map(\.line) == [2])
    }
}
