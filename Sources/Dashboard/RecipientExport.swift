import Analytics
import Catalogue
import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// The people of a list of messages as a file, whole numbers included: for those who may see them, and never without
/// a line in the audit list.
struct RecipientExport {
    static let path = "/messages-recipients"
    static let rowsMax = 100_000
    let scope: Scope

    /// Empty for those who may not.
    var html: HTML {
        guard scope.viewer.may(.reveal) else { return "" }
        let title = scope.say("Unduh penerima dengan nomor utuh (CSV)", "Download recipients with whole numbers (CSV)")
        let about = scope.say("Dicatat di catatan audit.", "This is noted in the audit list.")
        return """
            <form method="post" action="\(Self.path)" class="actions">\(FormToken(scope.viewer).html)\
            <input type="hidden" name="query" value="\(scope.filters.query.encoded)">\
            <button type="submit">\(title)</button> <span class="muted small">\(about)</span></form>
            """
    }
}

extension Pages {
    private static let exportFormBytesMax = 8192

    func addRecipientExport(to routes: Routes) {
        routes.add(.post, RecipientExport.path, access: .page(.reveal)) { request, context in
            let body = try await request.bytes(upTo: Self.exportFormBytesMax)
            let form = URLQuery(parsing: String(decoding: body, as: UTF8.self))
            let filters = Filters(URLQuery(parsing: form["query"] ?? ""))
            let known = Set(Dimension.stored(.message) + Dimension.stored(.charge))
            let measure = filters.option(.measure)
            let selection = try RecipientSelection.checked(
                range: filters.range, filters: filters.conditions(among: known), measure: measure,
                limit: RecipientExport.rowsMax, now: now(), workspace: workspace)
            let people = try await data(request, context).store.recipients(selection)
            try await note(.exportedRecipients, context, subject: measure ?? "all", rows: people.count)
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                    .contentDisposition: "attachment; filename=\"pantau-recipients.csv\"",
                ], body: ResponseBody(byteBuffer: ByteBuffer(string: RecipientTable.csv(people))))
        }
    }
}
