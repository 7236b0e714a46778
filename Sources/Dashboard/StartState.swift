import Analytics
import Catalogue
import Domain
import Storage
import Web

/// The first steps, in their order.
enum StartStep: String, CaseIterable, Sendable {
    case settings, handshake, first, sends, desk, outcomes

    var title: Text {
        switch self {
        case .settings: Text(id: "Isi rahasia aplikasi dan token", en: "Set the app secret and a token")
        case .handshake: Text(id: "Sambungkan webhook di Meta", en: "Connect the webhook at Meta")
        case .first: Text(id: "Terima status pertama", en: "Receive the first status")
        case .sends: Text(id: "Sebut templat dan kampanye", en: "Name templates and campaigns")
        case .desk: Text(id: "Sambungkan aplikasi layanan", en: "Connect the agent desk")
        case .outcomes: Text(id: "Sambungkan pembayaran atau pemesanan", en: "Connect payments or bookings")
        }
    }
    /// What is remembered when somebody passes over it; nil where nothing works without.
    var skipped: ConnectionMark? {
        switch self {
        case .settings, .handshake, .first: nil
        case .sends: .skippedSends
        case .desk: .skippedDesk
        case .outcomes: .skippedOutcomes
        }
    }
}

/// How far the first steps are: told by the data alone, so that it is the same after a restart.
struct StartState: Sendable {
    enum Light: Sendable {
        case done
        /// The world is to move.
        case waiting
        /// Something came and was wrong.
        case trouble(Text)
        case open
        case skipped
    }
    var health: DataHealth
    /// Messages of which something is known.
    var messages: Int64
    /// Some message names its use case or campaign.
    var hasTags: Bool
    var demo: DemoState?

    static func load(_ health: DataHealth, store: any AnalyticsStore, demo: DemoState?) async throws -> StartState {
        var hasTags = false
        for dimension in [Dimension.campaign, .useCase] where !hasTags {
            hasTags = try await !store.values(of: dimension, limit: 1).isEmpty
        }
        return StartState(
            health: health, messages: try await store.projectionStatus().messages, hasTags: hasTags, demo: demo)
    }

    /// Whether nothing has ever come from outside.
    var isEmpty: Bool {
        messages == 0 && health.notUnderstood.isEmpty && health.sources.allSatisfy { $0.total.events == 0 }
    }

    func light(_ step: StartStep) -> Light {
        let light = told(step)
        if case .done = light { return light }
        if let mark = step.skipped, health.connection.marks[mark] != nil { return .skipped }
        return light
    }

    private func told(_ step: StartStep) -> Light {
        let connection = health.connection
        switch step {
        case .settings: return connection.hasSecret && connection.hasVerifyToken ? .done : .open
        case .handshake: return handshake
        case .first: return first
        case .sends: return hasTags || has([.sendLog]) ? .done : .open
        case .desk: return has([.chatwoot, .deskEvents]) ? .done : .open
        case .outcomes:
            return has([.outcomes, .midtrans, .xendit, .stripe, .calcom, .calendly, .custom]) ? .done : .open
        }
    }

    private func has(_ sources: Set<DeliverySource>) -> Bool {
        health.sources.contains { sources.contains($0.source.source) && $0.total.events > 0 }
    }

    /// Something of Meta's has come: then the handshake has been, whether it was noted or not.
    private var hasMeta: Bool { health.fields.contains { $0.changes > 0 } }

    private var handshake: Light {
        if hasMeta { return .done }
        guard let last = health.connection.handshake else {
            return health.connection.hasVerifyToken ? .waiting : .open
        }
        return last.mark == .handshake ? .done : .trouble(HealthConnectionCard.cause(last.mark))
    }

    private var first: Light {
        if hasMeta, messages > 0 { return .done }
        let heardAt = health.fields.compactMap(\.lastAt).max()
        if let refusal = health.connection.refusal, heardAt.map({ $0 < refusal.at }) ?? true {
            return .trouble(HealthConnectionCard.cause(refusal.mark))
        }
        return health.connection.hasSecret ? .waiting : .open
    }

    /// The step to do next; nil when none is left.
    var next: StartStep? {
        StartStep.allCases.first { step in
            switch light(step) {
            case .done, .skipped: false
            case .open, .waiting, .trouble: true
            }
        }
    }

    var doneCount: Int {
        StartStep.allCases.count {
            if case .done = light($0) { true } else { false }
        }
    }

    /// Nothing that numbers need is missing.
    var isRunning: Bool { messages > 0 }
}
