import Domain
import HTTPTypes
import Hummingbird
import Storage
import Web

/// Shows the phone number behind a conversation or message to those who may see it. Each time is noted first.
extension Accounts {
    func addReveal(to routes: Routes) {
        routes.add(.post, RevealButton.path, access: .page(.reveal)) { request, context in
            let id = try await form(request)["id"] ?? ""
            let store = try await pages.data(request, context).store
            guard !id.isEmpty, id.utf8.count <= 512, let phone = try await store.phone(of: id) else {
                throw Self.phoneUnknown
            }
            try await note(.revealedNumber, context, subject: id)
            let whole = PhoneMask.whole(phone)
            guard !FormCheck.isNavigation(request) || !ProblemMiddleware.wantsPage(request) else {
                let title = Text(id: "Nomor telepon", en: "Phone number")
                let back = Text(id: "Kembali dengan tombol peramban.", en: "Go back with your browser's button.")
                return page(
                    title, path: "/", request, context,
                    body: """
                        <section class="card notice"><h1>\(title(context.language))</h1>
                        <p class="statement">\(whole)</p><p class="muted">\(back(context.language))</p></section>
                        """)
            }
            var writer = JSONWriter()
            writer.object { $0.member("phone", whole) }
            return .json(writer)
        }
    }

    private static let phoneUnknown = Problem(
        Failure(
            .notFound, id: "Nomor telepon untuk ini tidak diketahui.",
            en: "The phone number for this is not known."))
}

/// A button that shows the phone number behind a conversation or message: empty for those who may not see it. The
/// page that has it loads `RevealButton.script`.
package struct RevealButton {
    package static let path = "/reveal"
    package static var script: Asset { Assets.reveal }

    private let id: String
    private let viewer: Viewer
    private let language: Language

    /// - Parameter id: of the conversation, or of a message (`wamid.…`).
    init(_ id: String, _ scope: Scope) {
        self.init(id, viewer: scope.viewer, language: scope.language)
    }

    package init(_ id: String, viewer: Viewer, language: Language) {
        self.id = id
        self.viewer = viewer
        self.language = language
    }

    package var html: HTML {
        guard viewer.may(.reveal) else { return "" }
        let title = Text(id: "Lihat nomor", en: "Show number")
        let about = Text(id: "Dicatat di catatan audit.", en: "This is noted in the audit list.")
        return """
            <form method="post" action="\(Self.path)" class="reveal" data-reveal>\(FormToken(viewer).html)\
            <input type="hidden" name="id" value="\(id)">\
            <button type="submit" title="\(about(language))">\(title(language))</button>\
            <output aria-live="polite"></output></form>
            """
    }
}
