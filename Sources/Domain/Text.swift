/// A language that Pantau speaks.
package enum Language: String, CaseIterable, Sendable, Codable {
    case indonesian = "id"
    case english = "en"
}

/// A sentence in every language that Pantau speaks. A missing translation does not compile.
package struct Text: Hashable, Sendable, Codable {
    package let id: String
    package let en: String

    package init(id: String, en: String) {
        self.id = id
        self.en = en
    }

    package func callAsFunction(_ language: Language) -> String {
        switch language {
        case .indonesian: id
        case .english: en
        }
    }
}
