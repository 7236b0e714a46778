import Domain

/// What is shown to people.
extension ServiceStory.Step.What {
    package var name: Text {
        switch self {
        case .customerMessage: Text(id: "Pelanggan menulis", en: "The customer wrote")
        case .customerSignal: Text(id: "Reaksi atau suntingan pelanggan", en: "A reaction or edit of the customer")
        case .reply: Text(id: "Dijawab", en: "Answered")
        case .template: Text(id: "Templat dikirim", en: "A template was sent")
        case .open: Text(id: "Dibuka untuk orang", en: "Opened for people")
        case .pending: Text(id: "Diserahkan ke bot", en: "Left to the bot")
        case .snoozed: Text(id: "Ditunda", en: "Put aside")
        case .resolved: Text(id: "Diselesaikan", en: "Resolved")
        case .assigned: Text(id: "Ditugaskan", en: "Assigned")
        case .handoff: Text(id: "Dialihkan ke orang", en: "Handed to people")
        case .botTookOver: Text(id: "Diambil alih bot", en: "Taken over by a bot")
        case .priority: Text(id: "Prioritas diubah", en: "Priority changed")
        case .ratingAsked: Text(id: "Penilaian diminta", en: "A rating was asked for")
        case .rated: Text(id: "Pelanggan memberi nilai", en: "The customer gave a rating")
        case .stopped: Text(id: "Pelanggan berhenti menerima promosi", en: "The customer stopped marketing")
        case .resumed: Text(id: "Pelanggan mau menerima promosi lagi", en: "The customer allowed marketing again")
        case .gaveUp: Text(id: "Tidak terjawab; berhenti ditunggu", en: "Never answered; given up")
        }
    }
}

extension ServiceStory.Step {
    /// What happened, in words: taking an assignment away is one too.
    package var name: Text {
        if what == .assigned, agent == nil, team == nil {
            return Text(id: "Tidak lagi ditugaskan kepada siapa pun", en: "Assigned to nobody")
        }
        return what.name
    }
}

extension Awaited {
    /// For programs: `bot`, `queue`, `agent`, `closed`, `customer`, `nobody`.
    package var word: String {
        switch self {
        case .bot: "bot"
        case .queue: "queue"
        case .agent: "agent"
        case .closed: "closed"
        case .customer: "customer"
        case .nobody: "nobody"
        }
    }

    /// The agent's name, as the desk tells it.
    package var agent: String? {
        if case .agent(let name) = self { name } else { nil }
    }

    /// Whether a customer is waiting for an answer.
    package var isWait: Bool {
        switch self {
        case .bot, .queue, .agent, .closed: true
        case .customer, .nobody: false
        }
    }

    /// Whom the time was spent waiting for.
    package var name: Text {
        switch self {
        case .bot: Text(id: "Menunggu bot", en: "Waiting for the bot")
        case .queue: Text(id: "Menunggu dalam antrean", en: "Waiting in the queue")
        case .agent(let name): Text(id: "Menunggu agen \(name)", en: "Waiting for agent \(name)")
        case .closed: Text(id: "Menunggu jam buka", en: "Waiting for opening hours")
        case .customer: Text(id: "Menunggu pelanggan", en: "Waiting for the customer")
        case .nobody: Text(id: "Tidak ada yang ditunggu", en: "Waiting for nobody")
        }
    }
}
