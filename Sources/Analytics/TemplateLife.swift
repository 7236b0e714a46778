import Catalogue
import Domain
import Storage

/// What happened to one template, from the first word of Meta about it, and how its messages did around each.
package struct TemplateLife: Hashable, Sendable {
    package struct Moment: Hashable, Sendable {
        package var mark: TimelineMark
        /// Nil where the account holds too many marks to compare around each: only the newest are.
        package var effect: MarkEffect?
        package init(mark: TimelineMark, effect: MarkEffect?) {
            self.mark = mark
            self.effect = effect
        }
    }
    package var template: String
    /// Oldest first.
    package var moments: [Moment]
    /// The last word about each, by language of the template; nil as language where Meta told none.
    package var states: [State]

    package struct State: Hashable, Sendable {
        package var language: String?
        package var status: String?
        package var quality: String?
        package var category: String?
    }

    /// Marks that the list holds, and of them those that are compared around.
    package static let momentsMax = 200
    package static let effectsMax = 12

    /// The state that a list of marks, oldest first, has led to.
    package static func states(_ marks: [TimelineMark]) -> [State] {
        var states: [String?: State] = [:]
        for mark in marks {
            guard case .template(_, _, let language) = mark.event.subject else { continue }
            var state = states[language] ?? State(language: language)
            switch mark.kind {
            case .status: state.status = mark.event.event
            case .quality: state.quality = mark.event.event
            case .category: state.category = mark.event.event
            case .notice, .edit, .other: break
            }
            states[language] = state
        }
        return states.values.sorted { ($0.language ?? "") < ($1.language ?? "") }
    }
}

extension TimelineMark {
    /// What a mark of a template is about.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case status, quality, category
        /// A change that is announced and has not come about.
        case notice
        case edit
        case other
    }

    package var kind: Kind {
        switch event.field {
        case "message_template_quality_update": return .quality
        // Meta sends some changes of quality under the name of a change of status.
        case "message_template_status_update":
            return ["GREEN", "YELLOW", "RED", "UNKNOWN"].contains(event.event) ? .quality : .status
        case "template_category_update": return event.event == "IMPENDING" ? .notice : .category
        case "template_correct_category_detection": return .notice
        case "message_template_components_update": return .edit
        default: return .other
        }
    }
}

extension Analyst {
    /// The life of a template; without a single moment when Meta has told nothing of it.
    package func life(ofTemplate name: String) async throws -> TemplateLife {
        let marks = try await store.timeline(ofTemplate: name, limit: TemplateLife.momentsMax)
        let own = Filter(dimension: .template, op: .isIn, values: [name])
        let languages = try await languages(of: own, marks)
        var moments: [TemplateLife.Moment] = []
        for (index, mark) in marks.enumerated() {
            // Meta's clock may be ahead, or wrong altogether: there is nothing to compare around such a time.
            guard index >= marks.count - TemplateLife.effectsMax, mark.at > Instant(seconds: 0), mark.at <= now()
            else {
                moments.append(.init(mark: mark, effect: nil))
                continue
            }
            var filters = [own]
            if case .template(_, _, let language?) = mark.event.subject, languages.count > 1,
                let stored = languages.first(where: { Self.isSame($0, language) })
            {
                filters.append(Filter(dimension: .templateLanguage, op: .isIn, values: [stored]))
            }
            let effect = try await effect(around: mark.at, filters: filters, neighbours: marks.map(\.at))
            moments.append(.init(mark: mark, effect: effect))
        }
        return TemplateLife(template: name, moments: moments, states: TemplateLife.states(marks))
    }

    /// The languages that the template's messages around its marks were in.
    private func languages(of template: Filter, _ marks: [TimelineMark]) async throws -> [String] {
        let known = marks.filter { $0.at > Instant(seconds: 0) && $0.at <= now() }
        guard let first = known.first, let last = known.last else { return [] }
        let (from, to) = (MarkEffect.windows(around: first.at).before, MarkEffect.windows(around: last.at).after)
        let answer = try await ask(
            Query(
                metrics: ["messages"], dimensions: [.templateLanguage], filters: [template],
                range: .instants(from: from.lowerBound, to: to.upperBound)))
        return answer.rows.indices.compactMap { answer.cell($0, "template_language").text }
    }

    /// `en_US` in a send is `en-US` in a webhook.
    private static func isSame(_ a: String, _ b: String) -> Bool {
        a.replacing("-", with: "_").lowercased() == b.replacing("-", with: "_").lowercased()
    }
}
