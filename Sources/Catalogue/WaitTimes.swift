import Domain

extension Catalogue {
    /// How long customers wait, by every convention in use: which message starts the clock, who stops it, and whether
    /// closed hours count.
    static let waitTimes: [Metric] =
        (families + businessFamilies).flatMap(\.metrics) + [medianWithOpen] + splits

    private static let rows = Text(id: "penantian", en: "waits")

    private static let families = [
        TimeFamily(
            id: "response_time", name: Text(id: "Waktu jawab", en: "Response time"),
            subject: Text(
                id: "waktu dari pesan pertama pelanggan sampai jawaban",
                en: "the time from the customer's first message "
                    + "to the answer"),
            scope: Text(
                id: "Hanya penantian yang terjawab; rinci menurut penjawab untuk memisahkan bot dari orang.",
                en: "Answered waits only; split it by responder to tell bots from people."),
            rows: rows, formula: "answer − first message", duration: .wait(.response), sum: .wait(.responseTime),
            count: .wait(.answered)),
        TimeFamily(
            id: "response_time_last",
            name: Text(id: "Waktu jawab dari pesan terakhir", en: "Response time, last message"),
            subject: Text(
                id: "waktu dari pesan terakhir pelanggan sebelum jawaban sampai jawaban",
                en: "the time from the customer's last message before the answer to the answer"),
            scope: Text(
                id:
                    "Hanya penantian yang terjawab. Lebih pendek dari waktu jawab bila pelanggan menulis beberapa "
                    + "kali.",
                en: "Answered waits only. Shorter than the response time where the customer wrote several times."),
            rows: rows, formula: "answer − last message", duration: .wait(.responseLast),
            sum: .wait(.responseTimeLast), count: .wait(.answered)),
        TimeFamily(
            id: "first_response_time", name: Text(id: "Waktu jawab pertama", en: "First response time"),
            subject: Text(
                id: "waktu dari pesan pertama percakapan sampai jawaban pertamanya",
                en: "the time from a conversation's first message to its first answer"),
            scope: Text(
                id: "Hanya penantian terjawab yang membuka percakapan.",
                en: "Only answered waits that begin a conversation."),
            rows: rows, formula: "answer − first message, first wait of a conversation",
            duration: .wait(.firstResponse),
            sum: .wait(.firstResponseTime), count: .wait(.firstAnswered)),
        TimeFamily(
            id: "handoff_response_time", name: Text(id: "Waktu jawab setelah alih", en: "Response time after hand-off"),
            subject: Text(
                id: "waktu sejak bot mengalihkan ke orang sampai orang menjawab",
                en: "the time from a bot's hand-off to a person's answer"),
            scope: Text(
                id: "Waktu bersama bot tidak ikut; yang tidak pernah dijawab orang juga tidak.",
                en: "The time with the bot is not in it, and neither are hand-offs that no person answered."),
            rows: Text(id: "pengalihan", en: "hand-offs"), formula: "a person's answer − hand-off",
            duration: .wait(.handoffResponse), sum: .wait(.handoffResponseTime), count: .wait(.handoffAnswered)),
    ]

    /// Those of them that exist with closed hours left out.
    private static let businessFamilies = [
        TimeFamily(
            id: "response_time_business",
            name: Text(id: "Waktu jawab jam kerja", en: "Response time in business hours"),
            subject: Text(
                id: "waktu jawab yang hanya menghitung jam buka menurut kalender kerja",
                en: "the time to an answer that counts open hours only, by the work calendar"),
            scope: Text(
                id: "Hanya penantian terjawab yang kalendernya ada; tanpa kalender angkanya kosong, bukan nol.",
                en: "Only answered waits with a calendar; without one the number is empty, not zero."),
            rows: rows, formula: "open hours between first message and answer", duration: .wait(.businessResponse),
            sum: .wait(.businessResponseTime), count: .wait(.businessAnswered)),
        TimeFamily(
            id: "response_time_last_business",
            name: Text(
                id: "Waktu jawab jam kerja dari pesan terakhir", en: "Response time in business hours, last message"),
            subject: Text(
                id: "waktu sejak pesan terakhir pelanggan yang hanya menghitung jam buka menurut kalender kerja",
                en: "the time from the customer's last message to the answer that counts open hours only, by the work "
                    + "calendar"),
            scope: Text(
                id:
                    "Hanya penantian terjawab yang kalendernya ada; tanpa kalender angkanya kosong, bukan nol. Lebih "
                    + "pendek dari waktu jawab jam kerja bila pelanggan menulis beberapa kali.",
                en:
                    "Only answered waits with a calendar; without one the number is empty, not zero. Shorter than "
                    + "the response time in business hours where the customer wrote several times."),
            rows: rows, formula: "open hours between last message and answer", duration: .wait(.businessResponseLast),
            sum: .wait(.businessResponseTimeLast), count: .wait(.businessAnswered)),
        TimeFamily(
            id: "first_response_time_business",
            name: Text(id: "Waktu jawab pertama jam kerja", en: "First response time in business hours"),
            subject: Text(
                id: "waktu jawab pertama percakapan yang hanya menghitung jam buka menurut kalender kerja",
                en: "the time to a conversation's first answer that counts open hours only, by the work calendar"),
            scope: Text(
                id:
                    "Hanya penantian terjawab yang membuka percakapan dan kalendernya ada; tanpa kalender angkanya "
                    + "kosong, bukan nol.",
                en:
                    "Only answered waits that begin a conversation and have a calendar; without one the number is "
                    + "empty, not zero."),
            rows: rows, formula: "open hours between first message and answer, first wait of a conversation",
            duration: .wait(.firstBusinessResponse), sum: .wait(.firstBusinessResponseTime),
            count: .wait(.firstBusinessAnswered)),
    ]

    private static let medianWithOpen = Metric(
        id: "response_time_km_p50",
        name: Text(id: "Waktu jawab (median, termasuk yang menunggu)", en: "Response time (median with open waits)"),
        definition: Text(
            id:
                "Lama sampai separuh pelanggan dijawab, dengan ikut menghitung yang masih menunggu dan yang tak "
                + "terjawab selama mereka menunggu (metode Kaplan–Meier). Kosong bila belum separuhnya dijawab.",
            en:
                "How long until half of the customers are answered, counting those who still wait or never were "
                + "answered for as long as they waited (Kaplan–Meier method). Empty while fewer than half would be "
                + "answered."),
        formula: "least t with S(t) ≤ 1/2, S = product of (1 − answered at t / waiting at t) (Kaplan & Meier 1958); "
            + "interval by Greenwood's variance on the scale of ln S",
        unit: .seconds, direction: .lowerIsBetter, expression: .medianWithOpen, minimumSample: 10)

    // MARK: For whom they waited

    private static let splits = [
        split(
            "bot", .botTime, Text(id: "Waktu menunggu bot", en: "Time waiting for the bot"),
            Text(
                id: "Rata-rata waktu menunggu saat giliran bot menjawab, per penantian.",
                en: "The mean time that a wait spent while it was the bot's turn to answer.")),
        split(
            "queue", .queueTime, Text(id: "Waktu dalam antrean", en: "Time waiting in the queue"),
            Text(
                id: "Rata-rata waktu menunggu orang saat belum ada agen yang ditugasi, per penantian.",
                en: "The mean time that a wait spent waiting for people while no agent was assigned.")),
        split(
            "agent", .agentTime, Text(id: "Waktu menunggu agen", en: "Time waiting for the agent"),
            Text(
                id: "Rata-rata waktu menunggu agen yang sudah ditugasi, per penantian.",
                en: "The mean time that a wait spent waiting for the agent it was assigned to.")),
        split(
            "closed", .closedTime, Text(id: "Waktu menunggu di luar jam kerja", en: "Time waiting in closed hours"),
            Text(
                id: "Rata-rata waktu menunggu yang jatuh di luar jam buka kalender kerja, per penantian.",
                en: "The mean time of a wait that fell outside the open hours of the work calendar.")),
    ]

    private static func split(_ id: String, _ measure: WaitMeasure, _ name: Text, _ sentence: Text) -> Metric {
        Metric(
            id: "waiting_time_\(id)_mean", name: name,
            definition: Text(
                id: sentence.id
                    + " Penantian terjawab dan tak terjawab; keempat bagian berjumlah seluruh waktu tunggu.",
                en: sentence.en + " Answered and abandoned waits; the four parts add up to the whole wait."),
            formula: "sum of \(measure.column) / (waits_answered + waits_abandoned)", unit: .seconds,
            direction: .lowerIsBetter,
            expression: .mean(.wait(measure), over: [.wait(.answered), .wait(.abandoned)]), minimumSample: 10)
    }
}
