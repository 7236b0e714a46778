import Analytics
import Domain
import Web

/// How many get how far: a bar for each stage, with what is lost in between. Each stage has its thing's colour.
struct FunnelFigure: Sendable {
    struct Stage: Sendable {
        var name: HTML
        var thing: Palette
        /// As it is read.
        var count: HTML
        /// Of the first stage, 0 … 1.
        var share: Double?
        /// Of the stage before, as it is read; nil where it is no part of it.
        var ofBefore: String?
        /// Between it and the stage before: what each cost, how long it took.
        var beside: [HTML] = []
        /// Those who are in it.
        var href: String?
    }
    var stages: [Stage]
    var scope: Scope

    var html: HTML {
        let items = stages.enumerated().map { index, stage in index == 0 ? row(stage) : between(stage) + row(stage) }
        return "<ol class=\"funnel\">\(items)</ol>\n"
    }

    private func row(_ stage: Stage) -> HTML {
        let share = min(1, max(0, stage.share ?? 0))
        // A trace is still to be seen.
        let width = stage.share == nil ? 0 : max(share > 0 ? 0.4 : 0, share * 100)
        let tenths = Int((width * 10).rounded())
        let name: HTML = stage.href.map { "<a href=\"\($0)\">\(stage.name)</a>" } ?? stage.name
        let percent: HTML =
            stage.share.map { "<span class=\"interval\">\(scope.figures.percent($0))</span>" } ?? ""
        return """
            <li class="\(stage.thing.name)"><span class="stage">\(name)</span>\
            <span class="track"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">\
            <rect width="\(tenths / 10).\(tenths % 10)" height="10"/></svg></span>\
            <span class="reached"><strong>\(stage.count)</strong>\(percent)</span></li>

            """
    }

    private func between(_ stage: Stage) -> HTML {
        let rate: [HTML] =
            stage.ofBefore.map { rate in
                ["<span><strong>\(rate)</strong> \(scope.say("dari langkah sebelumnya", "of the step before"))</span>"]
            } ?? []
        let parts = rate + stage.beside.map { "<span>\($0)</span>" }
        return "<li class=\"between\"><span></span><span>\(parts)</span><span></span></li>\n"
    }
}

extension Funnel.Step {
    /// Its colour on all pages.
    var thing: Palette {
        switch self {
        case .sent: .sent
        case .delivered: .delivered
        case .read: .read
        case .engaged: .replied
        case .outcome: .outcome
        }
    }
}

extension FunnelFigure {
    /// One line of a funnel, with the cost of each that got there.
    init(_ line: Funnel.Line, _ scope: Scope) {
        self.scope = scope
        stages = line.stages.map { stage in
            let figures = scope.figures
            let cost = stage.costEach.map { figures.money($0, line.cost?.currency) }
            let step = stage.step.rawValue
            let count: HTML = """
                <data value="\(String(stage.count))" data-step="\(step)">\(figures.integer(stage.count))</data>
                """
            return Stage(
                name: "\(stage.step.name(scope.language))", thing: stage.step.thing, count: count,
                share: stage.ofFirst, ofBefore: stage.ofBefore.map { figures.percent($0) },
                beside: cost.map { ["\(scope.say("\($0) per pesan", "\($0) each"))"] } ?? [])
        }
    }
}
