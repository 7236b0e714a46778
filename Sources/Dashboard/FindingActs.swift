import Analytics
import Domain
import HTTPTypes
import Hummingbird
import Insights
import Storage
import Web

/// What somebody does to a finding on its page. The raw value is the last part of the path.
enum FindingAct: String, CaseIterable {
    case acknowledge, unacknowledge, mute, unmute, comments

    func said(_ language: Language) -> String {
        switch self {
        case .acknowledge: Text(id: "Ditandai sedang Anda tangani.", en: "Marked: you deal with it.")(language)
        case .unacknowledge: Text(id: "Tanda ditangani dibatalkan.", en: "The mark was taken back.")(language)
        case .mute: Text(id: "Temuan dibisukan.", en: "The finding is muted.")(language)
        case .unmute: Text(id: "Temuan mengingatkan lagi.", en: "The finding reminds people again.")(language)
        case .comments: Text(id: "Komentar tersimpan.", en: "The comment is kept.")(language)
        }
    }

    /// What takes it back; a comment stays.
    func undo(_ asked: URLQuery) -> (act: FindingAct, until: String?)? {
        switch self {
        case .acknowledge:
            // It was muted before, and still would be.
            if let until = asked["until"] { return (.mute, until) }
            return (.unacknowledge, nil)
        case .unacknowledge: return (.acknowledge, nil)
        case .mute: return (.unmute, nil)
        case .unmute: return asked["until"].map { (.mute, $0) }
        case .comments: return nil
        }
    }
}

/// For how long a finding is muted.
enum MuteLength: String, CaseIterable {
    case hour, morning, day, week
    /// When people come to work.
    static let morningHour: Int64 = 8

    var name: Text {
        switch self {
        case .hour: Text(id: "1 jam", en: "for an hour")
        case .morning: Text(id: "sampai besok pagi", en: "until morning")
        case .day: Text(id: "1 hari", en: "for a day")
        case .week: Text(id: "1 minggu", en: "for a week")
        }
    }

    func end(from now: Instant, clock: ZoneClock) -> Instant {
        switch self {
        case .hour: return now.adding(seconds: 3_600)
        case .day: return now.adding(seconds: 86_400)
        case .week: return now.adding(seconds: 7 * 86_400)
        case .morning:
            let (date, second) = clock.local(now)
            let day = second < Self.morningHour * 3_600 ? date : date.adding(days: 1)
            return clock.instant(of: day).adding(seconds: Self.morningHour * 3_600)
        }
    }
}

extension Pages {
    static let findingUnknown = Problem(
        Failure(
            .notFound, id: "Temuan ini tidak ada. Daftarnya ada di halaman Temuan.",
            en: "There is no such finding. They are listed on the page Findings."))
    private static let muteUnknown = Failure(
        .unprocessable, id: "Pilih sampai kapan temuan dibisukan.", en: "Choose until when the finding is muted.")
    private static let formBytesMax = 16 * 1024

    func addFinding(to routes: Routes) {
        let path = FindingWords.root + "/{id}"
        routes.add(.get, path, access: .page(.numbers)) { request, context in
            let (finding, data) = try await found(request, context)
            let scope = try await scope(request, context, path: FindingWords.path(finding.id))
            let page = FindingPage(
                finding: finding, scope: scope, asked: request.urlQuery, canAct: data.findings?.desk != nil)
            return .html(
                frame.page(
                    title: finding.title, entry: Navigation.findings, scope: scope, body: page.body))
        }
        routes.add(.get, path + "/{format}", access: .page(.numbers)) { request, context in
            guard let format = context.parameters.get("format").flatMap(ExportFormat.init) else {
                throw Problem.pathUnknown
            }
            let (finding, _) = try await found(request, context)
            return Self.file(finding, format)
        }
        for act in FindingAct.allCases {
            routes.add(.post, path + "/" + act.rawValue, access: .page(.findings)) { request, context in
                try await perform(act, request, context)
            }
        }
    }

    private func found(_ request: Request, _ context: WebContext) async throws -> (Finding, PageData) {
        let data = try await data(request, context)
        guard let id = context.parameters.get("id"), let finding = try await data.findings?.finding(id) else {
            throw Self.findingUnknown
        }
        return (finding, data)
    }

    private func perform(_ act: FindingAct, _ request: Request, _ context: WebContext) async throws -> Response {
        let (finding, data) = try await found(request, context)
        guard let desk = data.findings?.desk else { throw Self.findingUnknown }
        let text = String(decoding: try await request.bytes(upTo: Self.formBytesMax), as: UTF8.self)
        let form = URLQuery(parsing: text)
        let person = context.actor.1
        var done = URLQuery([("done", act.rawValue)])
        switch act {
        case .acknowledge:
            _ = try await desk.acknowledge(finding.id, person)
            if let end = finding.mutedUntil, finding.state == .muted {
                done = done.setting("until", to: RFC3339.format(end))
            }
        case .unacknowledge: _ = try await desk.unacknowledge(finding.id, person)
        case .mute:
            let clock = try ZoneClock.named((data.workspace ?? workspace).timeZone)
            let word = form["until"] ?? ""
            guard let end = MuteLength(rawValue: word)?.end(from: now(), clock: clock) ?? RFC3339.parse(word) else {
                throw Self.muteUnknown
            }
            _ = try await desk.mute(finding.id, end, person)
        case .unmute:
            _ = try await desk.unmute(finding.id, person)
            if let end = finding.mutedUntil { done = done.setting("until", to: RFC3339.format(end)) }
        case .comments: _ = try await desk.comment(finding.id, form["text"] ?? "", person)
        }
        try await note(.findingChanged, context, subject: "\(finding.id) \(act.rawValue)")
        return .redirect(to: done.url(path: FindingWords.path(finding.id)), type: .normal)
    }

    /// All of it as the API tells it, or its series.
    private static func file(_ finding: Finding, _ format: ExportFormat) -> Response {
        let text: String
        let type: String
        switch format {
        case .json:
            text = finding.json
            type = "application/json; charset=utf-8"
        case .csv:
            let number = { (value: Double?) in value.map { $0.description } }
            text = CSVText.table(
                ["time", "value", "expected", "lower", "upper", "sample"],
                finding.evidence.points.map { point in
                    [
                        RFC3339.format(point.at), number(point.value), number(point.expected), number(point.lower),
                        number(point.upper), String(point.sample),
                    ]
                })
            type = "text/csv; charset=utf-8"
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: type,
                .contentDisposition: "attachment; filename=\"pantau-finding-\(finding.id).\(format.rawValue)\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
