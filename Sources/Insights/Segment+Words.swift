import Catalogue
import Domain

extension Segment {
    /// `templat shipping_update, negara MY`; for everything `seluruh akun`.
    package var words: Text {
        guard !isEverything else { return Text(id: "seluruh bisnis", en: "the whole business") }
        let parts = elements.sorted { Self.rank($0.dimension) < Self.rank($1.dimension) }.map(\.words)
        return Text(id: parts.map(\.id).joined(separator: ", "), en: parts.map(\.en).joined(separator: ", "))
    }

    /// What a business calls a thing by comes first.
    private static func rank(_ dimension: Dimension) -> Int {
        let order: [Dimension] = [.template, .campaign, .useCase, .category, .responder, .team, .agent, .shift]
        return order.firstIndex(of: dimension) ?? order.count
    }
}

extension Segment.Element {
    package var words: Text {
        guard let value else {
            return Text(id: "tanpa \(dimension.name.id.lowercased())", en: "without \(dimension.name.en.lowercased())")
        }
        switch dimension {
        case .responder, .senderKind:
            switch value {
            case "bot": return Text(id: "bot", en: "the bot")
            case "human": return Text(id: "agen", en: "agents")
            case "none": return Text(id: "yang belum dijawab", en: "those not answered")
            default: break
            }
        case .entry where value == "ad": return Text(id: "yang datang dari iklan", en: "those who came by an ad")
        case .entry where value == "organic":
            return Text(id: "yang menulis atas kemauan sendiri", en: "those who wrote unasked")
        default: break
        }
        return Text(id: "\(dimension.name.id.lowercased()) \(value)", en: "\(dimension.name.en.lowercased()) \(value)")
    }
}
