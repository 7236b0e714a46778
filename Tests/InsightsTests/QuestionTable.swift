import Catalogue
import Domain
import Insights

/// Questions as people ask them, each with the query that was written for it by hand. It is Wednesday 18 November 2026,
/// ten in the morning in Jakarta.
enum Questions {
    static let grammar: QuestionGrammar = {
        let clock = (try? ZoneClock.named("Asia/Jakarta")) ?? .utc
        let now = LocalDate(year: 2_026, month: 11, day: 18).map { clock.instant(of: $0, second: 36_000) }
        return QuestionGrammar(
            values: [
                .template: ["promo_11_11", "promo_12_12", "order_update", "otp_login"],
                .campaign: ["promo_11_11", "Ramadan Sale 2026"],
                .agent: ["budi", "sari.dewi", "Rina Putri"], .team: ["cs-jakarta", "billing"],
                .country: ["ID", "MY", "SG"], .errorCode: ["131049", "131026"],
                .kind: ["payment_confirmed", "booking"], .phoneNumber: ["106540352242922"],
            ], now: now ?? Instant(seconds: 0), clock: clock)
    }()

    static func date(_ month: Int, _ day: Int, _ year: Int = 2_026) -> LocalDate {
        LocalDate(year: year, month: month, day: day) ?? LocalDate(day: 0)
    }
    static func dates(_ from: (Int, Int), _ to: (Int, Int)) -> QueryRange {
        .dates(from: date(from.0, from.1), to: date(to.0, to.1))
    }
    static func only(_ dimension: Dimension, _ values: String...) -> Filter {
        Filter(dimension: dimension, op: .isIn, values: values)
    }
    static func from(_ metric: String) -> [Query.Order] { [.init(by: metric, isDescending: true)] }

    static let lastWeek = dates((11, 9), (11, 16))
    static let lastMonth = dates((10, 1), (11, 1))

    static let indonesian: [(String, Query)] = [
        (
            "berapa delivery rate promo_11_11 minggu lalu per jam?",
            Query(metrics: ["delivery_rate"], filters: [only(.template, "promo_11_11")], range: lastWeek, grain: .hour)
        ),
        (
            "response time bot vs manusia 7 hari terakhir",
            Query(
                metrics: ["response_time_p50"], dimensions: [.responder],
                filters: [only(.responder, "bot", "human")], range: .preset(.last7Days))
        ),
        (
            "template mana yang paling banyak gagal kemarin?",
            Query(
                metrics: ["messages_failed"], dimensions: [.template], range: .preset(.yesterday), limit: 10,
                order: from("messages_failed"))
        ), ("berapa pesan hari ini", Query(metrics: ["messages"], range: .preset(.today))),
        (
            "biaya per hasil per template bulan lalu",
            Query(metrics: ["cost_per_outcome"], dimensions: [.template], range: lastMonth)
        ),
        ("tingkat dibaca bulan ini per hari", Query(metrics: ["read_rate"], range: .preset(.monthToDate), grain: .day)),
        (
            "biaya bulan ini dibanding bulan lalu",
            Query(metrics: ["cost"], range: .preset(.monthToDate), compare: .previousPeriod)
        ), ("berapa persen pesan gagal kemarin", Query(metrics: ["failure_rate"], range: .preset(.yesterday))),
        (
            "percakapan per nomor antara 1 dan 7 Oktober",
            Query(metrics: ["conversations"], dimensions: [.phoneNumber], range: dates((10, 1), (10, 8)))
        ),
        (
            "waktu jawab rata-rata agen budi sejak senin",
            Query(metrics: ["response_time_mean"], filters: [only(.agent, "budi")], range: dates((11, 16), (11, 19)))
        ),
        (
            "top 5 template dengan tingkat klik tertinggi 30 hari terakhir",
            Query(
                metrics: ["click_rate"], dimensions: [.template], range: .lastDays(30), limit: 5,
                order: from("click_rate"))
        ),
        (
            "agen paling lambat minggu ini",
            Query(
                metrics: ["response_time_p50"], dimensions: [.agent], range: dates((11, 16), (11, 19)), limit: 10,
                order: from("response_time_p50"))
        ),
        (
            "kode kesalahan apa saja yang paling sering di Malaysia",
            Query(
                metrics: ["messages_failed"], dimensions: [.errorCode], filters: [only(.country, "MY")],
                limit: 10, order: from("messages_failed"))
        ),
        (
            "tren tingkat sampai dan tingkat dibaca 30 hari terakhir",
            Query(metrics: ["delivery_rate", "read_rate"], range: .lastDays(30), grain: .day)
        ),
        (
            "pesan gagal selain promo_11_11 dan promo_12_12 kemarin",
            Query(
                metrics: ["messages_failed"],
                filters: [Filter(dimension: .template, op: .notIn, values: ["promo_11_11", "promo_12_12"])],
                range: .preset(.yesterday))
        ),
        (
            "biaya tanpa kampanye 3 bulan terakhir per bulan",
            Query(
                metrics: ["cost"], filters: [Filter(dimension: .campaign, op: .isNull)],
                range: .preset(.last90Days), grain: .month)
        ),
        (
            "bandingkan tingkat dibalas promo_11_11 dan promo_12_12",
            Query(
                metrics: ["reply_rate"], dimensions: [.template],
                filters: [only(.template, "promo_11_11", "promo_12_12")])
        ), ("berapa pelanggan baru bulan oktober", Query(metrics: ["contacts_new"], range: lastMonth)),
        ("omzet dari 1 sampai 7 oktober 2026", Query(metrics: ["outcome_value"], range: dates((10, 1), (10, 8)))),
        (
            "pembayaran minggu lalu per hari",
            Query(
                metrics: ["outcomes"], filters: [only(.kind, "payment_confirmed")], range: lastWeek, grain: .day)
        ),
        (
            "jam berapa percakapan paling banyak",
            Query(
                metrics: ["conversations"], dimensions: [.hourOfDay], limit: 10, order: from("conversations"))
        ), ("tingkat kegagalan setiap senin", Query(metrics: ["failure_rate"], filters: [only(.weekday, "1")])),
        (
            "waktu respon pertama p90 kampanye \"Ramadan Sale 2026\" 2 minggu terakhir",
            Query(
                metrics: ["first_response_time_p90"], filters: [only(.campaign, "Ramadan Sale 2026")],
                range: .lastDays(14))
        ),
        (
            "delivry rate templet order_update kemaren",
            Query(
                metrics: ["delivery_rate"], filters: [only(.template, "order_update")], range: .preset(.yesterday))
        ),
        (
            "pesan masuk jam 9 sampai 12 kemarin",
            Query(
                metrics: ["messages_inbound"], filters: [only(.hourOfDay, "09", "10", "11")], range: .preset(.yesterday)
            )
        ),
        ("berapa biayanya hari minggu", Query(metrics: ["cost"], range: dates((11, 15), (11, 16)))),
        ("tingkat sampai dibandingkan dengan tahun lalu", Query(metrics: ["delivery_rate"], compare: .lastYear)),
        ("pencapaian SLA per tim per minggu", Query(metrics: ["sla_attainment"], dimensions: [.team], grain: .week)),
        (
            "template apa yang delivery rate-nya paling rendah bulan ini",
            Query(
                metrics: ["delivery_rate"], dimensions: [.template], range: .preset(.monthToDate), limit: 10,
                order: [.init(by: "delivery_rate")])
        ), ("berapa lama pelanggan menunggu jawaban", Query(metrics: ["response_time_p50"])),
        (
            "delivery rate hari senin sampai jumat",
            Query(metrics: ["delivery_rate"], filters: [only(.weekday, "1", "2", "3", "4", "5")])
        ),
        (
            "kapan pelanggan paling banyak menulis",
            Query(
                metrics: ["messages_inbound"], dimensions: [.hourOfDay], limit: 10, order: from("messages_inbound"))
        ),
    ]

    static let english: [(String, Query)] = [
        (
            "cost per outcome by template last month",
            Query(metrics: ["cost_per_outcome"], dimensions: [.template], range: lastMonth)
        ),
        (
            "how many conversations yesterday by number compared with the week before",
            Query(
                metrics: ["conversations"], dimensions: [.phoneNumber], range: .preset(.yesterday),
                compare: .previousPeriod)
        ), ("what was the read rate last 30 days?", Query(metrics: ["read_rate"], range: .lastDays(30))),
        (
            "read rate of marketing templates this week by day",
            Query(
                metrics: ["read_rate"], filters: [only(.category, "marketing")], range: dates((11, 16), (11, 19)),
                grain: .day)
        ),
        (
            "which template has the lowest delivery rate since October 1",
            Query(
                metrics: ["delivery_rate"], dimensions: [.template], range: dates((10, 1), (11, 19)), limit: 10,
                order: [.init(by: "delivery_rate")])
        ),
        (
            "which template has the worst failure rate in October?",
            Query(
                metrics: ["failure_rate"], dimensions: [.template], range: lastMonth, limit: 10,
                order: from("failure_rate"))
        ),
        (
            "messages per day between October 1 and 7",
            Query(
                metrics: ["messages"], range: dates((10, 1), (10, 8)), grain: .day)
        ),
        (
            "messages and cost by country, last 7 days",
            Query(
                metrics: ["messages", "cost"], dimensions: [.country], range: .preset(.last7Days))
        ),
        ("How many messages were delivered today?", Query(metrics: ["messages_delivered"], range: .preset(.today))),
        (
            "p95 response time by agent and team last week",
            Query(metrics: ["response_time_p95"], dimensions: [.agent, .team], range: lastWeek)
        ),
        (
            "median resolution time of Rina Putri this month",
            Query(
                metrics: ["resolution_time_p50"], filters: [only(.agent, "Rina Putri")], range: .preset(.monthToDate))
        ),
        (
            "hourly inbound messages yesterday vs last week",
            Query(
                metrics: ["messages_inbound"], range: .preset(.yesterday), grain: .hour, compare: .previousPeriod)
        ),
        (
            "failures by error code for template promo_11_11 on Monday",
            Query(
                metrics: ["messages_failed"], dimensions: [.errorCode], filters: [only(.template, "promo_11_11")],
                range: dates((11, 16), (11, 17)))
        ),
        (
            "top 3 campaigns by revenue this year",
            Query(
                metrics: ["outcome_value"], dimensions: [.campaign], range: dates((1, 1), (11, 19)), limit: 3,
                order: from("outcome_value"))
        ),
        ("click through rate by weekday", Query(metrics: ["click_rate"], dimensions: [.weekday])),
        (
            "csat bot vs human last month",
            Query(
                metrics: ["csat_mean"], dimensions: [.responder], filters: [only(.responder, "bot", "human")],
                range: lastMonth)
        ),
        (
            "opt-out rate except otp_login from 2026-10-01 to 2026-10-07",
            Query(
                metrics: ["opt_out_rate"], filters: [Filter(dimension: .template, op: .notIn, values: ["otp_login"])],
                range: dates((10, 1), (10, 8)))
        ),
        ("conversion rate 3 days ago", Query(metrics: ["conversion_rate"], range: dates((11, 15), (11, 16)))),
        (
            "delivery rate in Singapore and Malaysia",
            Query(
                metrics: ["delivery_rate"], filters: [only(.country, "SG", "MY")])
        ),
        (
            "messages failed with error 131049 last week",
            Query(
                metrics: ["messages_failed"], filters: [only(.errorCode, "131049")], range: lastWeek)
        ),
        (
            "wasted spend by template 28d",
            Query(
                metrics: ["cost_wasted"], dimensions: [.template], range: .preset(.last28Days))
        ),
        (
            "fastest agents yesterday",
            Query(
                metrics: ["response_time_p50"], dimensions: [.agent], range: .preset(.yesterday), limit: 10,
                order: [.init(by: "response_time_p50")])
        ),
        (
            "compare cost this month with last month",
            Query(
                metrics: ["cost"], range: .preset(.monthToDate), compare: .previousPeriod)
        ),
        (
            "trend of conversations on weekends",
            Query(
                metrics: ["conversations"], filters: [only(.weekday, "6", "7")], grain: .day)
        ),
        (
            "delivery rate yesterday vs today",
            Query(
                metrics: ["delivery_rate"], range: .preset(.today), compare: .previousPeriod)
        ),
        (
            "read rate per week in 2026",
            Query(
                metrics: ["read_rate"], range: dates((1, 1), (11, 19)), grain: .week)
        ),
        (
            "show me unanswered waits by shift yesterday",
            Query(
                metrics: ["waits_abandoned"], dimensions: [.shift], range: .preset(.yesterday))
        ),
        (
            "how many bookings came from ads last week",
            Query(
                metrics: ["outcomes"], filters: [only(.kind, "booking"), only(.touch, "ad")], range: lastWeek)
        ),
    ]
}
