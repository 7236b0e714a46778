import Catalogue
import Domain
import Web

/// What the pages show: the filters of a URL. Every card of a page has the same.
struct Filters: Sendable, Hashable {
    enum Span: Int, CaseIterable, Sendable {
        case week = 7
        case month = 28
        case quarter = 90

        var range: QueryRange {
            switch self {
            case .week: .preset(.last7Days)
            case .month: .preset(.last28Days)
            case .quarter: .preset(.last90Days)
            }
        }
        var name: Text { Text(id: "\(rawValue) hari", en: "\(rawValue) days") }
    }
    var span = Span.month
    var template: String?
    var phoneNumber: String?

    init() {}

    /// Reads `?range=28&template=…&phone_number=…`; what is not understood is as if it were not there.
    init(_ query: URLQuery) {
        span = query["range"].flatMap { Int($0) }.flatMap(Span.init) ?? .month
        template = Self.value(query["template"])
        phoneNumber = Self.value(query["phone_number"])
    }

    private static func value(_ text: String?) -> String? {
        guard let text, !text.isEmpty, text.utf8.count <= Limits.labelBytesMax else { return nil }
        return text
    }

    var query: URLQuery {
        var items: [(String, String)] = [("range", String(span.rawValue))]
        if let template { items.append(("template", template)) }
        if let phoneNumber { items.append(("phone_number", phoneNumber)) }
        return URLQuery(items)
    }

    /// As conditions of a question.
    var conditions: [Filter] {
        var conditions: [Filter] = []
        if let template { conditions.append(Filter(dimension: .template, op: .isIn, values: [template])) }
        if let phoneNumber { conditions.append(Filter(dimension: .phoneNumber, op: .isIn, values: [phoneNumber])) }
        return conditions
    }

    /// Whether anything is left out but by time.
    var isNarrowed: Bool { template != nil || phoneNumber != nil }
}
