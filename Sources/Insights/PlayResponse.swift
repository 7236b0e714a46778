import Catalogue
import Domain

extension Playbook {
    /// What is known when answers slow down.
    package struct ResponseEvidence: Sendable {
        package var segment: Segment
        package var isBot: Bool
        /// Medians in seconds; nil when there were none.
        package var median: Double?
        package var usualMedian: Double?
        /// Waits in the window, those slower than is usual at that hour, and as many as were to be expected.
        package var waits: Double
        package var slow: Double
        package var expectedSlow: Double
        /// Shift in which it mostly happens, and its share of the slow ones.
        package var shift: (name: String, share: Double)?
        /// Waits that came in this window against the usual number for these hours.
        package var load: Double?
        /// People who answered in the window, and who usually do in these hours.
        package var agents: Double?
        package var usualAgents: Double?
        /// The slowest agent, with a share of the slow waits, where one stands out.
        package var agent: (id: String, share: Double)?
        package var hours: Double
        package var marks: [Cause]
        package var query: String?

        package init(
            segment: Segment, isBot: Bool, median: Double?, usualMedian: Double?, waits: Double, slow: Double,
            expectedSlow: Double, shift: (name: String, share: Double)? = nil, load: Double? = nil,
            agents: Double? = nil, usualAgents: Double? = nil, agent: (id: String, share: Double)? = nil,
            hours: Double, marks: [Cause] = [], query: String? = nil
        ) {
            self.segment = segment
            self.isBot = isBot
            self.median = median
            self.usualMedian = usualMedian
            self.waits = waits
            self.slow = slow
            self.expectedSlow = expectedSlow
            self.shift = shift
            self.load = load
            self.agents = agents
            self.usualAgents = usualAgents
            self.agent = agent
            self.hours = hours
            self.marks = marks
            self.query = query
        }
    }

    /// Play 2. Response time up → bot or human, which shift, team, agent, load or absence → tune the bot, move agents,
    /// with how many.
    package static func response(_ evidence: ResponseEvidence) -> Play {
        let place = evidence.segment.words
        let daily = (evidence.slow - evidence.expectedSlow) / max(1, evidence.hours) * 24
        let number = Figure.number(max(1, daily.rounded()))
        var title = Text(id: "Balasan \(place.id) melambat", en: "Replies are slow: \(place.en)")
        if let shift = evidence.shift, shift.share >= 0.6 {
            title = Text(id: title.id + " di sif \(shift.name)", en: title.en + ", shift \(shift.name)")
        }
        if let median = evidence.median, let usual = evidence.usualMedian, usual > 0 {
            let (now, then) = (Figure.duration(median), Figure.duration(usual))
            title = Text(
                id: title.id + ": median \(now.id), biasanya \(then.id)",
                en: title.en + ": median \(now.en), usually \(then.en)")
        }
        return Play(
            severity: evidence.waits >= 20 && evidence.slow > 0.6 * evidence.waits ? .critical : .warning,
            title: title, causes: responseCauses(evidence),
            impact: Impact(
                people: daily.rounded(),
                text: Text(
                    id: "Kalau berlanjut, sekitar \(number.id) pelanggan per hari menunggu lebih lama dari biasanya.",
                    en: "If it goes on, about \(number.en) customers a day wait longer than usual."),
                query: evidence.query),
            action: responseAction(evidence))
    }

    private static func responseCauses(_ evidence: ResponseEvidence) -> [Cause] {
        var causes: [Cause] = []
        let place = evidence.segment
        if evidence.isBot {
            causes.append(
                Cause(
                    kind: .bot,
                    text: Text(
                        id: "Yang lambat bot, bukan agen.", en: "It is the bot that is slow, not the agents."),
                    segment: place, query: evidence.query))
        } else if let share = evidence.agent.map(\.share), share >= 0.6, let agent = evidence.agent?.id {
            let part = Figure.percent(share)
            causes.append(
                Cause(
                    kind: .staffing,
                    text: Text(
                        id: "\(part.id) dari jawaban yang lambat berasal dari agen \(agent).",
                        en: "\(part.en) of the slow answers are agent \(agent)'s."),
                    segment: place.adding(.agent, agent), share: share, query: evidence.query))
        }
        let isShort = isShort(evidence)
        if isShort, let agents = evidence.agents, let usual = evidence.usualAgents {
            let (now, then) = (Figure.number(agents, decimals: 0), Figure.number(usual, decimals: 0))
            causes.append(
                Cause(
                    kind: .staffing,
                    text: Text(
                        id: "Agen yang menjawab hanya \(now.id), biasanya \(then.id) pada jam yang sama.",
                        en: "Only \(now.en) agents answered; at these hours it is usually \(then.en)."),
                    segment: place, query: evidence.query))
        }
        if let load = evidence.load, load >= 1.4 {
            let factor = Figure.times(load)
            causes.append(
                Cause(
                    kind: .load,
                    text: Text(
                        id: "Pelanggan yang menunggu \(factor.id) dari biasanya.",
                        en: "\(factor.en) as many customers are waiting as usual."),
                    segment: place, query: evidence.query))
        }
        if let shift = evidence.shift, shift.share >= 0.6 {
            let part = Figure.percent(shift.share)
            causes.append(
                Cause(
                    kind: .segment,
                    text: Text(
                        id: "\(part.id) dari yang lambat mulai menunggu di sif \(shift.name).",
                        en: "\(part.en) of the slow ones began to wait in shift \(shift.name)."),
                    segment: place.adding(.shift, shift.name), share: shift.share, query: evidence.query))
        }
        let words = place.words
        causes.append(
            Cause(
                kind: .segment,
                text: Text(
                    id: "Perlambatannya ada di \(words.id).", en: "The slow answers are in: \(words.en)."),
                segment: place, query: evidence.query))
        if !evidence.isBot, !isShort, (evidence.load ?? 1) < 1.4 {
            causes.append(
                Cause(
                    kind: .staffing,
                    text: Text(
                        id: "Jumlah pelanggan dan agennya seperti biasa, jadi tiap jawaban memang lebih lama.",
                        en: "As many customers and agents as usual, so each answer itself takes longer."),
                    segment: place, query: evidence.query))
        }
        return evidence.marks + causes
    }

    private static func isShort(_ evidence: ResponseEvidence) -> Bool {
        guard let agents = evidence.agents, let usual = evidence.usualAgents, usual >= 1.5 else { return false }
        return agents <= 0.67 * usual
    }

    private static func responseAction(_ evidence: ResponseEvidence) -> Text {
        if evidence.isBot {
            return Text(
                id: "Periksa waktu jawab dan galat bot, lalu arahkan pelanggan ke agen sampai bot kembali normal.",
                en: "Check the bot's errors and latency, and send customers to agents until it is well.")
        }
        let place =
            evidence.shift.map { Text(id: " di sif \($0.name)", en: " in shift \($0.name)") }
            ?? Text(id: " sekarang", en: " now")
        if isShort(evidence), let agents = evidence.agents, let usual = evidence.usualAgents {
            let number = Figure.number(max(1, (usual - agents).rounded()))
            return Text(
                id: "Pindahkan \(number.id) agen ke sini\(place.id) sampai jumlahnya kembali seperti biasa.",
                en: "Move \(number.en) agents here\(place.en) until there are as many as usual.")
        }
        if let load = evidence.load, load >= 1.4 {
            let more = evidence.usualAgents.map { max(1, ($0 * (load - 1)).rounded(.up)) }
            let number = Figure.number(more ?? 1)
            return Text(
                id: "Tambah \(number.id) agen\(place.id), dan biarkan bot menjawab pertanyaan yang paling sering.",
                en: "Add \(number.en) agents\(place.en), and let the bot answer the most frequent questions.")
        }
        if let agent = evidence.agent, agent.share >= 0.6 {
            return Text(
                id: "Tanyakan kendala agen \(agent.id), dan bagi antreannya ke rekan lain untuk sementara.",
                en: "Ask agent \(agent.id) what is in the way, and share that queue among colleagues for now.")
        }
        return Text(
            id: "Buka percakapan yang paling lama menunggu dan tanyakan kendalanya ke tim ini. "
                + "Sementara itu pindahkan 1 agen\(place.id).",
            en: "Open the longest waits and ask this team what is in the way. Meanwhile move 1 agent here\(place.en).")
    }

    /// The bot has stopped answering.
    package static func botSilent(
        _ segment: Segment, answered: Double, expected: Double, hours: Double, query: String?
    ) -> Play {
        let place = segment.words
        let (now, then) = (Figure.number(answered), Figure.number(expected.rounded()))
        let daily = Figure.number(((expected - answered) / max(1, hours) * 24).rounded())
        return Play(
            severity: .critical,
            title: Text(
                id: "Bot tidak menjawab di \(place.id): \(now.id) jawaban, seharusnya sekitar \(then.id)",
                en: "The bot is silent for \(place.en): \(now.en) answers, about \(then.en) expected"),
            causes: [
                Cause(
                    kind: .bot,
                    text: Text(
                        id: "Pelanggan tetap menulis, tetapi botnya hampir tidak menjawab.",
                        en: "Customers write as ever, and the bot answers next to nothing."),
                    segment: segment.adding(.responder, "bot"), share: 1, query: query)
            ],
            impact: Impact(
                messages: ((expected - answered) / max(1, hours) * 24).rounded(),
                people: ((expected - answered) / max(1, hours) * 24).rounded(),
                text: Text(
                    id: "Sekitar \(daily.id) pelanggan per hari tidak dijawab bot dan menumpuk di agen.",
                    en: "About \(daily.en) customers a day get no answer from the bot and pile up at the agents."),
                query: query),
            action: Text(
                id: "Periksa apakah bot masih menerima webhook dan tokennya masih berlaku, lalu jalankan ulang. "
                    + "Arahkan pelanggan ke agen sampai bot menjawab lagi.",
                en: "Check that the bot still receives webhooks and that its token is valid, then restart it. "
                    + "Send customers to agents until it answers again."))
    }
}
