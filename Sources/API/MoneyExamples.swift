/// Examples of answers about outcomes and money in the documentation, as JSON texts. A test reads each of them.
enum MoneyExamples {
    static let outcomes = #"""
        {"range":{"from":"2026-10-25T17:00:00Z","to":"2026-11-22T17:00:00Z"},"outcomes":[{"source":"midtrans","id":"ORD-77","kind":"payment_confirmed","standing":"confirmed","at":"2026-11-22T03:40:00Z","value":{"amount":250000,"currency":"IDR"},"refunded":null,"matched":true,"hints":["contact"],"conversation":"7c01aa93f0be5512"}],"more":false}
        """#

    static let outcome = #"""
        {"source":"midtrans","id":"ORD-77","kind":"payment_confirmed","standing":"confirmed","at":"2026-11-22T03:40:00Z","value":{"amount":250000,"currency":"IDR"},"refunded":null,"matched":true,"hints":["contact"],"conversation":null,"lookback_seconds":604800,"touches":[{"touch":"message","at":"2026-11-20T02:00:00Z","message":"wamid.HBgMNjI4","dimensions":{"template":"promo_11_11","campaign":"11.11"},"shares":{"last_touch":0,"first_touch":1,"linear":0.5,"position":0.5,"time_decay":0.450166,"last_click":0}},{"touch":"click","at":"2026-11-22T03:12:00Z","message":"wamid.HBgMNjI4","dimensions":{"template":"promo_11_11","campaign":"11.11"},"shares":{"last_touch":1,"first_touch":0,"linear":0.5,"position":0.5,"time_decay":0.549834,"last_click":1}}]}
        """#

    static let linkClicks = #"""
        {"range":{"from":"2026-10-25T17:00:00Z","to":"2026-11-22T17:00:00Z"},"total":412,"clicks":[{"phone_number":"106540352242922","component":"cta","count":412}]}
        """#

    static let quotas = #"""
        {"quotas":[{"kind":"free_service","month":"2026-11-01","phone_number":"106540352242922","portfolio":null,"market":null,"category":null,"used":640,"next":1000,"left":360}]}
        """#

    static let funnel = #"""
        {"by":null,"total":{"key":null,"steps":[{"step":"sent","name":{"id":"Dikirim","en":"Sent"},"messages":1000,"of_before":null,"of_sent":1,"cost_each":40},{"step":"delivered","name":{"id":"Sampai","en":"Delivered"},"messages":950,"of_before":0.95,"of_sent":0.95,"cost_each":42.105}],"outcomes":12.5,"cost":{"amount":40000,"currency":"IDR"},"value":{"amount":3125000,"currency":"IDR"},"return_on_spend":78.125,"messages_without_price":0,"maturity":1},"notes":[]}
        """#

    static let lift = #"""
        {"treated":{"persons":9000,"converted":450,"rate":0.05},"held_out":{"persons":1000,"converted":30,"rate":0.03},"difference":0.02,"difference_interval":[0.0067,0.0301],"relative":0.6667,"p_value":0.0048,"extra_persons":180,"extra_persons_interval":[60.3,270.9],"enough":true,"note":null,"window_seconds":604800}
        """#

    static let waste = #"""
        {"range":{"from":"2026-10-25T17:00:00Z","to":"2026-11-22T17:00:00Z"},"reasons":[{"reason":"unreachable","name":{"id":"Penerima tidak terjangkau","en":"Recipient unreachable"},"messages":310,"cost":{"amount":12.741,"currency":"USD"},"recoverable":{"amount":12.741,"currency":"USD"},"recovery":"all","action":{"id":"Keluarkan nomor yang gagal dari daftar.","en":"Take numbers that failed off the list."}}],"totals":[{"messages":310,"wasted":{"amount":12.741,"currency":"USD"},"cost":{"amount":410.2,"currency":"USD"},"share_of_judged":0.0402}],"notes":[]}
        """#

    static let categoryRaises = #"""
        {"raises":[{"template":"order_update","language":"id","at":"2026-11-02T00:00:00Z","from":"utility","to":"marketing","before":{"range":{"from":"2026-10-19T00:00:00Z","to":"2026-11-02T00:00:00Z"},"messages":5000,"charged":5000,"messages_without_price":0,"cost":{"amount":125,"currency":"USD"},"cost_each":0.025,"raised":{"amount":0,"currency":"USD"}},"after":{"range":{"from":"2026-11-02T00:00:00Z","to":"2026-11-16T00:00:00Z"},"messages":5000,"charged":5000,"messages_without_price":0,"cost":{"amount":205.5,"currency":"USD"},"cost_each":0.0411,"raised":{"amount":80.5,"currency":"USD"}}}]}
        """#

    static let budgets = #"""
        {"budgets":[{"category":"marketing","name":{"id":"Kategori marketing","en":"Category marketing"},"month":"2026-11-01","budget":{"amount":5000000,"currency":"IDR"},"spent":{"amount":4100000,"currency":"IDR"},"projected":{"amount":5600000,"currency":"IDR"},"projected_low80":5150000,"projected_high80":6050000,"chance_of_passing":0.96,"used_up":false,"used_up_on":"2026-11-27","messages_without_price":0,"other_currencies":[]}]}
        """#

    static let recipientQuestion = #"""
        {"measure":"failed","filters":[{"dimension":"campaign","values":["11.11"]}],"range":{"from":"2026-11-10","to":"2026-11-13"},"limit":1000}
        """#

    static let recipients = #"""
        {"range":{"from":"2026-11-09T17:00:00Z","to":"2026-11-12T17:00:00Z"},"recipients":[{"message":"wamid.HBgMNjI4","phone":"6281234567890","user_id":null,"sent_at":"2026-11-11T02:00:00Z","measures":["attempted","accepted","failed"],"dimensions":{"campaign":"11.11","error_code":"131026"}}],"more":false}
        """#

    static let costSettings = #"""
        {"accounts":[{"account":"102290129340398","timezone":"Asia/Jakarta","currency":"USD","portfolio":"main"}],"exchange_rates":[{"from":"USD","to":"IDR","effective_from":"2026-10-01","rate":"16250.5"}],"cost_assumptions":{"entry_point_uses_quota":false,"declared_category_prices":false,"marketing_lite_as_marketing":true,"currency":null},"budgets":[{"category":"marketing","amount":"5000000","currency":"IDR"}],"assumptions_in_words":[{"id":"currency","on":false,"sentence":{"id":"Akun yang mata uangnya tidak disebut dianggap ditagih dalam USD.","en":"Accounts whose currency is not named are taken to be billed in USD."}}],"recounted":1}
        """#

    static let costChange = #"""
        {"exchange_rates":[{"from":"USD","to":"IDR","effective_from":"2026-10-01","rate":"16250.5"}],"budgets":[{"category":"marketing","amount":"5000000","currency":"IDR"},{"amount":"9000000","currency":"IDR"}]}
        """#

    static let settingsStored = #"""
        {"delivery":120035}
        """#

    static let rateCardStored = #"""
        {"lines":2,"delivery":120036}
        """#

    static let outcomeSettings = #"""
        {"outcome_rules":[{"when":{"flow":"lead-"},"kind":"lead","value":"50000","currency":"IDR"},{"when":{"button":"BOOK"},"kind":"booking"},{"when":{"order":true},"kind":"order"}],"attribution":{"lookback":"7d","by_kind":{"payment_confirmed":"14d"}}}
        """#

    static let rateCards = #"""
        {"date":"2026-11-22","lines":[{"currency":"USD","market":"Indonesia","category":"marketing","effective_from":"2026-10-01","source":"shipped","tiers":[{"from":0,"to":null,"rate":0.0411}]}],"shipped_source":{"id":"Kartu tarif USD Meta","en":"Meta's USD rate card"},"changes":[{"effective_from":"2026-10-01","what":{"id":"Pesan layanan ditagih.","en":"Service messages are charged."},"source":"Meta"}],"recounted":1}
        """#

    static let rateCardFile = #"""
        "effective_from,currency,market,category,tier_from,tier_to,rate\n2026-10-01,USD,Indonesia,utility,0,100000,0.0250\n2026-10-01,USD,Indonesia,utility,100000,,0.0237\n"
        """#

    static let all = [
        outcomes, outcome, linkClicks, quotas, funnel, lift, waste, categoryRaises, budgets, recipientQuestion,
        recipients, costSettings, costChange, settingsStored, rateCardStored, outcomeSettings, rateCards, rateCardFile,
    ]
}
