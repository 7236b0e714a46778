import Catalogue
import Domain

/// What words of a question stand for. Names of the catalogue come from the catalogue; here are the other words that
/// people use for the same.
enum QuestionLexicon {
    enum Meaning: Hashable, Sendable {
        /// Ids or families of ids, the likeliest first.
        case metric([String])
        /// The likeliest first; the first that the metric can be split by is taken.
        case dimension([Dimension])
        /// A value that every business has, in the dimensions that may hold it.
        case value([Dimension], String)
        /// A metric of one kind only: payments are outcomes of kind `payment_confirmed`.
        case metricOf(String, Dimension, String)
        case grain(Grain)
        /// Which time of many is meant: `p50`, `mean`, …
        case statistic(String)
        /// "per", "by".
        case split
        /// "mana", "which": the next or the last dimension is asked for.
        case which
        case most
        case least
        /// In the better or worse sense of the metric.
        case best
        case worst
        case top
        case compare
        case versus
        case not
        case none
        case every
        /// "berapa persen gagal": the rate of a count.
        case percent
        case trend
        case and
        case filler
    }

    /// Families of times, by their ids without the ending.
    static let families: Set<String> = Set(
        Catalogue.metrics.compactMap { metric in
            metric.id.hasSuffix("_p50") && !metric.id.hasSuffix("_km_p50") ? String(metric.id.dropLast(4)) : nil
        })

    /// Rates of counts, for "what share".
    static let rates: [String: String] = [
        "messages": "delivery_rate", "messages_delivered": "delivery_rate", "messages_read": "read_rate",
        "messages_failed": "failure_rate", "messages_rejected": "rejection_rate", "messages_expired": "expired_rate",
        "messages_replied": "reply_rate", "messages_clicked": "click_rate", "messages_opted_out": "opt_out_rate",
        "waits_abandoned": "unanswered_rate", "outcomes": "conversion_rate", "cost_wasted": "cost_wasted_share",
    ]

    static let phrases: [String: Meaning] = {
        var phrases: [String: Meaning] = [:]
        for metric in Catalogue.metrics {
            let family = families.first { metric.id.hasPrefix($0 + "_") && isEnding(metric.id.dropFirst($0.count + 1)) }
            phrases[QuestionWord.key(metric.id)] = .metric([metric.id])
            if let family { phrases[QuestionWord.key(family)] = .metric([family]) }
            for language in Language.allCases {
                let name = QuestionWord.key(metric.name(language))
                if let family, let end = name.firstIndex(of: "(") {
                    let bare = name[..<end].split(separator: " ").joined(separator: " ")
                    phrases[bare] = .metric([family])
                } else if !name.contains("(") {
                    phrases[name.split(separator: ",").joined()] = .metric([metric.id])
                }
            }
        }
        for dimension in Dimension.allCases {
            phrases[QuestionWord.key(dimension.rawValue)] = .dimension([dimension])
            for language in Language.allCases {
                phrases[QuestionWord.key(dimension.name(language))] = .dimension([dimension])
            }
        }
        for (meaning, words) in metrics { for word in words { phrases[word] = .metric(meaning) } }
        for (meaning, words) in dimensions { for word in words { phrases[word] = .dimension(meaning) } }
        for (dimensions, value, words) in values { for word in words { phrases[word] = .value(dimensions, value) } }
        for (meaning, words) in others { for word in words { phrases[word] = meaning } }
        return phrases
    }()

    private static func isEnding(_ text: Substring) -> Bool {
        ["mean", "p50", "p90", "p95", "p99", "max"].contains(String(text))
    }

    /// Phrases that ask for something, to be suggested.
    static let names: [String] = phrases.compactMap { phrase, meaning in
        switch meaning {
        case .metric, .metricOf, .dimension: phrase
        default: nil
        }
    }.sorted()

    /// Words in the longest phrase.
    static let longest = phrases.keys.map { $0.split(separator: " ").count }.max() ?? 1

    /// All words, for slips of the fingers; fillers of four letters and less are too like anything.
    static let vocabulary: [String] = {
        var words = Set<String>()
        for (phrase, meaning) in phrases {
            for word in phrase.split(separator: " ") where word.count >= 4 || meaning != .filler {
                words.insert(String(word))
            }
        }
        return words.union(QuestionTime.vocabulary).sorted()
    }()

    static let known: Set<String> = {
        var words = Set(phrases.keys.flatMap { $0.split(separator: " ").map(String.init) })
        words.formUnion(QuestionTime.vocabulary)
        words.formUnion(QuestionTime.numbers.keys)
        return words
    }()

    private static let metrics: [([String], [String])] = [
        (["messages"], ["pesan", "message", "messages", "pesan keluar", "outbound messages", "pesan dikirim"]),
        (
            ["messages", "messages_delivered"],
            ["terkirim", "pesan terkirim", "sent", "messages sent", "sends", "dikirim"]
        ),
        (
            ["messages_delivered"],
            ["sampai di pelanggan", "delivered", "tersampaikan", "pesan sampai", "pesan diterima"]
        ),
        (["messages_read"], ["dibaca", "terbaca", "read", "reads", "pesan dibaca", "opened"]),
        (["messages_failed"], ["gagal", "failed", "failures", "kegagalan", "fail", "fails", "failing", "gagal kirim"]),
        (["messages_rejected"], ["ditolak", "rejected"]), (["messages_expired"], ["kedaluwarsa", "expired"]),
        (["messages_replied"], ["dibalas", "replied", "replies", "balasan", "replied to"]),
        (["messages_clicked"], ["diklik", "klik", "clicks", "clicked"]),
        (["messages_inbound"], ["pesan masuk", "menulis", "incoming messages", "messages received", "inbound"]),
        (["messages_opted_out"], ["opt out", "opt outs", "unsubscribes", "unsubscribed", "berhenti langganan"]),
        (["messages_wasted"], ["pesan sia sia", "wasted messages"]),
        (
            ["delivery_rate"],
            [
                "tingkat pengiriman", "tingkat keterkiriman", "tingkat terkirim", "rasio sampai", "deliverability",
                "delivery", "delivery rates", "persentase sampai", "persentase terkirim",
            ]
        ), (["read_rate"], ["open rate", "tingkat baca", "persentase dibaca", "rasio baca", "read rates"]),
        (["failure_rate"], ["fail rate", "error rate", "tingkat kegagalan", "persentase gagal", "failure rates"]),
        (["reply_rate", "unanswered_rate"], ["response rate", "tingkat respons", "tingkat respon"]),
        (["reply_rate"], ["tingkat balasan", "tingkat balas"]),
        (["click_rate"], ["ctr", "click through rate", "rasio klik", "click rates", "clickthrough rate"]),
        (["opt_out_rate"], ["unsubscribe rate", "tingkat berhenti langganan", "tingkat opt out"]),
        (["conversations"], ["percakapan", "chat", "chats", "obrolan", "conversation", "percakapan baru"]),
        (["contacts_active"], ["pelanggan", "kontak", "customers", "contacts", "active customers", "pengguna aktif"]),
        (["contacts_new"], ["new customers", "kontak baru"]),
        (["waits"], ["penantian", "waits"]), (["waits_open"], ["menunggu", "still waiting", "antrean", "queue"]),
        (
            ["waits_abandoned"],
            ["tidak dijawab", "tak dijawab", "tidak terjawab", "unanswered", "abandoned", "tak terjawab"]
        ),
        (["waits_answered"], ["terjawab", "dijawab", "answered"]),
        (
            ["response_time"],
            [
                "berapa lama", "how long", "waktu respons", "waktu respon", "waktu balas", "reply time", "lama jawab",
                "kecepatan jawab",
                "membalas", "menjawab", "to reply", "to respond", "kecepatan respon", "kecepatan respons",
                "response times", "waktu tunggu", "wait time", "waiting time",
            ]
        ),
        (
            ["first_response_time"],
            ["frt", "waktu respons pertama", "waktu respon pertama", "first reply time", "first response"]
        ), (["resolution_time"], ["waktu selesai", "time to resolve", "time to resolution", "lama penyelesaian"]),
        (["sla_attainment"], ["sla", "ketepatan sla"]), (["sla_breaches"], ["sla breach", "lewat sla", "breaches"]),
        (["csat_mean"], ["csat", "rating", "ratings", "penilaian", "kepuasan", "kepuasan pelanggan", "satisfaction"]),
        (["cost"], ["costs", "pengeluaran", "spend", "spending", "belanja", "ongkos", "biaya pesan", "spent"]),
        (["cost_per_delivered"], ["biaya per pesan", "cost per message"]),
        (
            ["cost_per_outcome"],
            ["biaya per konversi", "cost per conversion", "cpa", "cost per acquisition", "biaya tiap hasil"]
        ),
        (["cost_per_reply"], ["biaya per jawaban", "cost per response"]), (["cost_per_click"], ["cpc"]),
        (["cost_wasted"], ["wasted cost", "wasted spend", "pemborosan", "biaya sia sia"]),
        (["outcomes"], ["hasil", "outcome", "outcomes", "conversions"]),
        (["conversion_rate", "outcomes"], ["konversi", "conversion", "cvr"]),
        (["outcome_value"], ["pendapatan", "omzet", "omset", "revenue", "penjualan", "sales", "nilai"]),
        (["return_on_spend"], ["roi", "roas", "return on ad spend", "imbal hasil"]),
        (["bot_containment_rate"], ["containment", "containment rate", "tuntas oleh bot"]),
        (["handoff_rate"], ["handoff rate", "tingkat alih", "handoffs"]),
        (["resolution_rate"], ["resolved rate", "tingkat penyelesaian"]),
        (["time_to_deliver"], ["delivery time", "waktu pengiriman", "lama sampai"]),
        (["time_to_read"], ["read time", "waktu baca"]),
    ]

    private static let dimensions: [([Dimension], [String])] = [
        ([.template], ["template", "templates", "templat", "template pesan"]),
        (
            [.phoneNumber],
            ["nomor", "number", "numbers", "phone", "phones", "phone numbers", "nomor wa", "nomor bisnis"]
        ),
        ([.campaign], ["kampanye", "campaign", "campaigns", "broadcast campaign"]),
        ([.agent], ["agen", "agents", "cs", "operator", "petugas", "admin", "admins"]),
        ([.team], ["tim", "teams"]), ([.country], ["negara", "countries"]), ([.category], ["kategori", "categories"]),
        (
            [.errorCode],
            ["error", "errors", "error codes", "kode error", "kesalahan", "alasan gagal", "penyebab gagal"]
        ),
        ([.errorClass], ["jenis error", "kelas kesalahan", "error classes"]),
        ([.variant], ["varian", "variants", "versi"]), ([.kind], ["jenis hasil", "outcome kinds", "jenis konversi"]),
        ([.senderKind, .responder, .handledBy], ["pengirim", "sender"]), ([.responder, .handledBy], ["penjawab"]),
        ([.templateLanguage], ["bahasa", "language", "languages"]), ([.messageType], ["tipe pesan", "message types"]),
        ([.useCase], ["kegunaan", "use cases", "tujuan"]), ([.entry], ["jalan masuk", "channel", "entries"]),
        ([.ad], ["iklan", "ads"]), ([.shift], ["sif", "shifts"]), ([.waba], ["akun", "account", "accounts"]),
        ([.weekday], ["hari apa", "day of week", "day of the week", "weekdays", "hari dalam minggu", "which day"]),
        (
            [.hourOfDay],
            [
                "jam berapa", "hour of day", "hour of the day", "jam dalam sehari", "when", "kapan", "which hour",
                "what hour",
            ]
        ),
        ([.currency], ["mata uang", "currencies"]), ([.priority], ["prioritas"]), ([.market], ["pasar", "markets"]),
    ]

    private static let people: [Dimension] = [.responder, .handledBy, .senderKind]

    private static let values: [([Dimension], String, [String])] = [
        (people, "bot", ["bot", "bots", "robot", "chatbot"]),
        (people, "human", ["manusia", "orang", "human", "humans", "people"]),
        ([.category], "marketing", ["marketing", "pemasaran"]), ([.category], "utility", ["utility", "utilitas"]),
        ([.category], "authentication", ["authentication", "autentikasi", "otp"]),
        ([.category], "service", ["service category", "kategori layanan"]),
        ([.useCase], "broadcast", ["broadcast", "broadcasts", "siaran"]),
        ([.useCase], "notification", ["notifikasi", "notification", "notifications"]),
        ([.entry, .touch], "ad", ["dari iklan", "from ads"]), ([.entry], "organic", ["organic", "organik"]),
    ]

    private static let others: [(Meaning, [String])] = [
        (.metricOf("outcomes", .kind, "payment_confirmed"), ["pembayaran", "payments", "payment"]),
        (.metricOf("outcomes", .kind, "booking"), ["booking", "bookings", "pemesanan", "reservasi"]),
        (.metricOf("outcomes", .kind, "lead"), ["lead", "leads", "prospek"]),
        (.grain(.day), ["harian", "daily", "day by day", "hari demi hari"]),
        (.grain(.week), ["mingguan", "weekly"]), (.grain(.month), ["bulanan", "monthly"]), (.grain(.hour), ["hourly"]),
        (.grain(.quarterHour), ["per 15 menit", "per seperempat jam", "every 15 minutes", "per quarter hour"]),
        (.statistic("p50"), ["median", "p50", "tengah"]),
        (.statistic("mean"), ["rata rata", "rerata", "average", "mean", "avg", "rata"]), (.statistic("p90"), ["p90"]),
        (.statistic("p95"), ["p95"]), (.statistic("p99"), ["p99"]),
        (.statistic("max"), ["terlama", "longest", "maksimum", "maximum"]),
        (
            .split,
            [
                "per", "by", "menurut", "berdasarkan", "broken down by", "dirinci per", "split by", "grouped by",
                "antar", "across",
            ]
        ),
        (.every, ["tiap", "setiap", "each", "every", "semua", "all", "masing masing"]),
        (.which, ["mana", "which", "mana saja", "apa saja", "manakah"]),
        (
            .most,
            [
                "paling", "terbanyak", "tertinggi", "most", "highest", "paling banyak", "paling tinggi", "terbesar",
                "paling sering", "paling besar", "greatest",
            ]
        ),
        (
            .least,
            ["tersedikit", "terendah", "least", "lowest", "fewest", "paling sedikit", "paling rendah", "terkecil"]
        ), (.best, ["terbaik", "best", "tercepat", "fastest", "termurah", "cheapest", "paling cepat", "paling murah"]),
        (
            .worst,
            [
                "terburuk", "worst", "terlambat", "slowest", "termahal", "paling lambat", "paling lama", "paling mahal",
                "paling buruk", "most expensive", "paling parah",
            ]
        ), (.top, ["top", "teratas"]),
        (
            .compare,
            [
                "dibanding", "dibandingkan", "bandingkan", "compare", "compared", "terhadap", "than", "comparison",
                "perbandingan", "banding", "daripada",
            ]
        ), (.versus, ["vs", "versus", "lawan"]),
        (.not, ["selain", "kecuali", "except", "excluding", "bukan", "not", "other than"]),
        (.none, ["tanpa", "without"]),
        (.percent, ["persen", "percent", "persentase", "percentage", "share", "berapa persen", "proporsi", "%"]),
        (.trend, ["tren", "trend", "grafik", "perkembangan", "over time", "dari waktu ke waktu"]),
        (.and, ["dan", "and", "serta", "&", "atau", "or"]),
        (
            .filler,
            [
                "berapa", "berapakah", "apa", "apakah", "bagaimana", "tolong", "tampilkan", "lihat", "show", "me", "us",
                "what", "whats", "is", "was", "were", "are", "the", "how", "many", "much", "di", "pada", "untuk", "for",
                "in", "on", "of", "dari", "yang", "with", "dengan", "our", "kita", "kami", "saya", "ke", "to", "itu",
                "total", "jumlah", "number of", "banyak", "count", "list", "daftar", "give", "do", "did", "we", "i",
                "get", "got", "have", "had", "has", "a", "an", "selama", "during", "over", "at", "buat", "antara",
                "between", "from", "oleh", "ya", "dong", "sih", "kah", "dalam", "using", "please", "coba", "cari",
                "this", "ini", "there", "ada", "adalah", "my", "tell", "see", "want", "mau", "ingin", "tahu", "punya",
                "rate", "nya", "angka", "data", "would", "can", "you", "bisa", "must", "be", "been", "does", "went",
                "go", "customer", "use", "that", "it", "its", "saja", "secara", "tingkat", "waktu", "time", "dapat",
                "dikirim oleh", "sent by", "wait", "jawaban", "answer", "an answer", "turun", "naik", "drop", "dropped",
                "up", "down", "masuk", "came", "come", "lama", "increase", "increased", "decrease", "decreased", "fall",
                "rise", "who", "siapa",
            ]
        ),
    ]
}
