import Catalogue
import Domain

extension Dimension {
    /// Every value, where there are only these; nil where values come from data.
    var fixedWords: [String]? {
        switch self {
        case .weekday, .hourOfDay: temporalValues([])
        case .model: AttributionModel.allCases.map(\.rawValue)
        default: nil
        }
    }

    /// A value as people call it; names that a business gave stay as they are.
    func word(_ value: String, _ scope: Scope) -> String {
        let language = scope.language
        switch self {
        case .weekday:
            return Int(value).map { scope.figures.weekday($0) } ?? value
        case .hourOfDay: return language == .indonesian ? "\(value).00" : "\(value):00"
        case .kind: return KindNames.name(value, language)
        case .model: return AttributionModel(rawValue: value)?.name(language) ?? value
        case .errorCode: return Int(value).map { "\($0) \(ErrorCatalogue[$0].title(language))" } ?? value
        case .errorClass: return ErrorClass(rawValue: value)?.name(language) ?? value
        default: return Self.words[self]?[value]?(language) ?? value
        }
    }

    private static let senders = [
        "bot": Text(id: "bot", en: "bots"), "human": Text(id: "orang", en: "people"),
        "system": Text(id: "sistem", en: "systems"), "unknown": Text(id: "tidak diketahui", en: "unknown"),
        "none": Text(id: "tidak ada", en: "nobody"), "both": Text(id: "bot dan orang", en: "bots and people"),
    ]

    private static let words: [Dimension: [String: Text]] = [
        .senderKind: senders, .responder: senders, .handledBy: senders,
        .touch: [
            "message": Text(id: "pesan", en: "message"), "click": Text(id: "klik", en: "click"),
            "reply": Text(id: "jawaban pelanggan", en: "customer's reply"),
            "agent_reply": Text(id: "jawaban agen", en: "agent's reply"), "ad": Text(id: "iklan", en: "ad"),
        ],
        .openedBy: [
            "customer": Text(id: "pelanggan", en: "customers"), "business": Text(id: "bisnis", en: "the business"),
        ],
        .useCase: [
            "notification": Text(id: "notifikasi", en: "notifications"),
            "customer_service": Text(id: "layanan pelanggan", en: "customer service"),
            "broadcast": Text(id: "siaran", en: "broadcasts"),
        ],
        .category: [
            "marketing": Text(id: "pemasaran", en: "marketing"), "utility": Text(id: "utilitas", en: "utility"),
            "authentication": Text(id: "autentikasi", en: "authentication"),
            "authentication_international": Text(id: "autentikasi internasional", en: "authentication, international"),
            "service": Text(id: "layanan", en: "service"),
            "referral_conversion": Text(id: "dari iklan (gratis)", en: "from ads (free)"),
            "marketing_lite": Text(id: "pemasaran (lite)", en: "marketing (lite)"),
        ],
        .entry: [
            "organic": Text(id: "datang sendiri", en: "on their own"), "ad": Text(id: "iklan", en: "ads"),
            "template_reply": Text(id: "balasan templat", en: "replies to templates"),
            "link": Text(id: "tautan", en: "links"),
        ],
    ]
}
