import Catalogue
import Domain
import Hummingbird
import Storage
import Web

/// What happened to one message, and to the account.
extension Surfaces {
    private static let storyPath = "/api/v1/messages/"

    func storyOperations() -> [Operation] { [message, conversation, template, timeline] }

    private var message: Operation {
        Operation(
            // A message id may hold a slash, so the pattern takes everything that is left of the path.
            .get, "/api/v1/messages/{id}", pattern: "/api/v1/messages/**",
            access: .roles([.analyst, .admin], person: .conversations), group: .stories,
            summary: Text(id: "Riwayat satu pesan", en: "The story of one message"),
            detail: Text(
                id: "Semua yang diketahui tentang satu pesan, menurut waktu. Penerima tidak disebut, hanya negaranya.",
                en: "All that is known of one message, in order of time. The "
                    + "recipient is not named, only the country."),
            parameters: [
                .path(
                    "id", .string,
                    Text(
                        id: "ID pesan (wamid.…). Tanda /, + dan = boleh ditulis apa adanya atau %2F, %2B, %3D.",
                        en: "The message id (wamid.…). /, + and = may stand as they are or as %2F, %2B, %3D."))
            ],
            answers: [
                .json(
                    200, Text(id: "Riwayat", en: "The story"), .reference("MessageStory"), example: APIExamples.story),
                .problem(404, Text(id: "Pesan tidak dikenal", en: "The message is not known")),
            ]
        ) { [self] request, context in
            let raw = request.uri.path.utf8.dropFirst(Self.storyPath.utf8.count)
            let id = PercentCoding.decode(raw)
            guard !id.isEmpty, let story = try await store.message(MessageID(id)) else {
                throw Failure(
                    .notFound,
                    id:
                        "Pesan ini belum dikenal. Periksa ID-nya; pesan yang baru "
                        + "terkirim muncul dalam beberapa detik.",
                    en: "This message is not known. Check the id; a message just sent appears within seconds.")
            }
            if context.session != nil { try await note(.openedMessage, context, subject: story.id.value) }
            var writer = JSONWriter()
            writer.object { story.write(to: &$0) }
            return .json(writer)
        }
    }

    private var timeline: Operation {
        let time: Schema = .anyOf([.formatted("date"), .formatted("date-time")])
        return Operation(
            .get, "/api/v1/timeline", access: .roles([.analyst, .admin]), group: .stories,
            summary: Text(id: "Linimasa akun", en: "The account timeline"),
            detail: Text(
                id: "Perubahan templat, nomor, dan akun yang diberitahukan Meta, dari yang terlama.",
                en: "Changes of templates, numbers and the account that Meta told, oldest first."),
            parameters: [
                .query("from", time, Text(id: "Mulai; bawaan 90 hari lalu.", en: "Start; 90 days ago by default.")),
                .query("to", time, Text(id: "Sampai sebelum; bawaan sekarang.", en: "End, excluded; now by default.")),
                .query("limit", .integer, Text(id: "1 sampai 1000; bawaan 200.", en: "1 to 1000; 200 by default.")),
            ],
            answers: [
                .json(
                    200, Text(id: "Daftar kejadian", en: "The marks"),
                    .object([.required("marks", .array(.reference("TimelineMark")))])),
                .problem(400, Text(id: "Waktu tidak terbaca", en: "A time cannot be read")),
            ]
        ) { [store, now, workspace] request, _ in
            let query = request.urlQuery
            let limit = try query.count("limit", standard: 200, max: 1000)
            let end = now()
            let to = try query.instant("to", in: workspace) ?? end
            let from = try query.instant("from", in: workspace) ?? min(to, end).adding(seconds: -90 * 86_400)
            guard from < to else {
                throw Failure(.malformed, id: "from harus sebelum to.", en: "from must be before to.")
            }
            let marks = try await store.timeline(from..<to, limit: limit)
            var writer = JSONWriter()
            writer.object {
                $0.member("marks", array: { for mark in marks { $0.object { mark.write(to: &$0) } } })
            }
            return .json(writer)
        }
    }
}

extension URLQuery {
    /// A local date or an RFC 3339 time; nil when it is absent.
    func instant(_ name: String, in workspace: Workspace) throws -> Instant? {
        guard let text = self[name], !text.isEmpty else { return nil }
        if let date = LocalDate(text) { return try ZoneClock.named(workspace.timeZone).instant(of: date) }
        // `+07:00` that was not encoded arrives as a space.
        if let instant = RFC3339.parse(text) ?? RFC3339.parse(text.replacingLast(" ", with: "+")) { return instant }
        throw Failure(
            .malformed,
            id: "\(name) harus tanggal (2026-10-01) atau waktu RFC 3339 (2026-10-01T00:00:00+07:00).",
            en: "\(name) must be a date (2026-10-01) or an RFC 3339 time (2026-10-01T00:00:00+07:00).")
    }
}

extension String {
    fileprivate func replacingLast(_ old: Character, with new: Character) -> String {
        guard let index = lastIndex(of: old) else { return self }
        var text = self
        text.replaceSubrange(index...index, with: String(new))
        return text
    }
}

extension MessageStory {
    func write(to writer: inout JSONWriter) {
        writer.member("id", id.value)
        writer.member("at", RFC3339.format(cohortAt))
        writer.member(
            "measures",
            array: {
                for measure in MessageMeasure.allCases where measures.contains(measure) { $0.string(measure.column) }
            })
        writer.member(
            "dimensions",
            object: {
                for dimension in Dimension.allCases {
                    if let value = dimensions[dimension] { $0.member(dimension.rawValue, value) }
                }
            })
        writer.member(
            "steps",
            array: {
                for step in steps {
                    $0.object {
                        $0.member("name", step.name)
                        $0.member("at", RFC3339.format(step.at))
                        if let code = step.errorCode { $0.writeError(code) }
                    }
                }
            })
        if let pricing {
            writer.member(
                "pricing",
                object: {
                    $0.member("model", pricing.model)
                    $0.member("type", pricing.type)
                    $0.member("category", pricing.category)
                    $0.member("billable", pricing.billable)
                })
        } else {
            writer.key("pricing")
            writer.null()
        }
        writer.key("charge")
        if let charge {
            writer.object { charge.write(to: &$0) }
        } else {
            writer.null()
        }
        writer.member(
            "tags", object: { for (name, value) in tags.sorted(by: { $0.key < $1.key }) { $0.member(name, value) } })
    }
}

extension JSONWriter {
    /// Meta's code and what it means.
    fileprivate mutating func writeError(_ code: Int) {
        let error = ErrorCatalogue[code]
        member(
            "error",
            object: {
                $0.member("code", code)
                $0.member("class", error.errorClass.rawValue)
                $0.member("title", error.title)
                $0.member("cause", error.cause)
                $0.member("remedy", error.remedy)
                $0.member("owner", error.owner.rawValue)
                $0.member("outlook", error.outlook.rawValue)
            })
    }
}

extension ChargeStory {
    func write(to writer: inout JSONWriter) {
        writer.key("amount")
        if let amount { writer.raw(amount.decimal) } else { writer.null() }
        writer.member("currency", amount?.currency ?? dimensions[.currency])
        writer.key("raised")
        if let raised { writer.raw(raised.decimal) } else { writer.null() }
        writer.member("pricing_type", dimensions[.pricingType])
        writer.member("market", dimensions[.market])
        writer.member("waste_reason", dimensions[.wasteReason])
    }
}

extension TimelineMark {
    func write(to writer: inout JSONWriter) {
        writer.member("at", RFC3339.format(at))
        writer.member("field", event.field)
        writer.member("account", event.account?.value)
        writer.member("subject", object: { event.subject.write(to: &$0) })
        writer.member("event", event.event)
        writer.member("previous", event.previous)
        writer.member(
            "details",
            object: { for (name, value) in event.details.sorted(by: { $0.key < $1.key }) { $0.member(name, value) } })
    }
}

extension AccountEvent.Subject {
    /// A thread is told as such: whose it is stays here.
    func write(to writer: inout JSONWriter) {
        switch self {
        case .template(let id, let name, let language):
            writer.member("kind", "template")
            writer.member("id", id?.value)
            writer.member("name", name)
            writer.member("language", language)
        case .phoneNumber(let id, let display):
            writer.member("kind", "phone_number")
            writer.member("id", id?.value)
            writer.member("name", display)
        case .account: writer.member("kind", "account")
        case .flow(let id):
            writer.member("kind", "flow")
            writer.member("id", id)
        case .group(let id):
            writer.member("kind", "group")
            writer.member("id", id?.value)
        case .thread: writer.member("kind", "thread")
        case .paymentConfiguration(let name):
            writer.member("kind", "payment_configuration")
            writer.member("name", name)
        case .other(let name):
            writer.member("kind", "other")
            writer.member("name", name)
        }
    }
}
