/// Examples of the documentation, as JSON texts. A test reads each of them.
enum APIExamples {
    static let send = #"""
        {"message_id":"wamid.HBgMNjI4","phone_number_id":"106540352242922","to":"6281234567890","user_id":null,"sent_at":"2026-11-22T03:10:00Z","type":"template","template":{"name":"promo_11_11","language":"id","category":"marketing"},"use_case":"broadcast","campaign":"11.11","sender":{"kind":"bot","id":"agent-7","team":"cs-1"},"tags":{"variant":"B"}}
        """#

    static let sendReceipt = #"""
        {"accepted":2,"rejected_count":1,"rejected":[{"index":2,"detail":"record 2: message_id is missing"}]}
        """#

    static let query = #"""
        {"metrics":["messages","delivery_rate"],"dimensions":["template"],"filters":[{"dimension":"use_case","op":"in","values":["broadcast"]}],"range":{"from":"2026-10-01","to":"2026-10-08"},"grain":"day","timezone":"Asia/Jakarta","compare":"previous_period","limit":100,"order":[{"by":"messages","desc":true}]}
        """#

    static let answer = #"""
        {"columns":[{"name":"time","kind":"time"},{"name":"template","kind":"dimension"},{"name":"delivery_rate","kind":"metric","unit":"ratio"}],"rows":[["2026-10-01T00:00:00+07:00","promo_11_11",0.9312]],"totals":[null,null,0.9312],"intervals":{"delivery_rate":[[0.9214,0.9399]]},"samples":{"delivery_rate":[2750]},"maturities":[0.98],"row_count":1,"meta":{"query":{"metrics":["delivery_rate"],"dimensions":["template"],"filters":[],"range":{"from":"2026-10-01T00:00:00+07:00","to":"2026-10-02T00:00:00+07:00"},"grain":"day","timezone":"Asia/Jakarta","compare":null,"limit":100,"order":[]},"definition_version":1,"fresh_to":"2026-10-08T16:00:00+07:00","as_of":"2026-10-08T16:00:02+07:00","maturity":0.98,"completeness":0.999,"plan":"cells","elapsed_ms":4.1,"notes":[]}}
        """#

    static let story = #"""
        {"id":"wamid.HBgMNjI4","at":"2026-11-22T03:10:00Z","measures":["attempted","accepted","delivered"],"dimensions":{"template":"promo_11_11","country":"ID"},"steps":[{"name":"sent","at":"2026-11-22T03:10:01Z"},{"name":"delivered","at":"2026-11-22T03:10:04Z"}],"pricing":{"model":"PMP","type":"regular","category":"marketing","billable":true},"charge":{"amount":0.0411,"currency":"USD","raised":null,"pricing_type":"regular","market":"Indonesia","waste_reason":null},"tags":{"variant":"B"}}
        """#

    static let templateLife = #"""
        {"template":"promo_11_11","states":[{"language":"id","status":"PAUSED","quality":"YELLOW","category":null}],"marks":[{"at":"2026-11-11T03:00:00Z","field":"message_template_status_update","account":"102290129340398","subject":{"kind":"template","id":"1689556908129832","name":"promo_11_11","language":"id"},"event":"PAUSED","previous":null,"details":{"reason":"NONE"},"kind":"status","effect":{"before":{"range":{"from":"2026-11-04T03:00:00Z","to":"2026-11-11T03:00:00Z"},"messages":8204},"after":{"range":{"from":"2026-11-11T03:00:00Z","to":"2026-11-18T03:00:00Z"},"messages":3120},"after_is_over":true,"maturity":0.999,"other_marks":1,"metrics":[{"metric":"delivery_rate","before":{"value":0.934,"sample":8204,"interval":[0.9284,0.9392]},"after":{"value":0.712,"sample":3120,"interval":[0.6959,0.7276]},"difference_interval":[-0.2391,-0.205],"small_sample":false}]}}]}
        """#

    static let status = #"""
        {"inbox":{"received":120034,"projected":120034,"undecodable":2,"lag_seconds":0},"freshness":"2026-11-22T03:10:00Z","version":"1.0.0"}
        """#

    static let problem = #"""
        {"type":"/docs#problem-unprocessable","title":"The request cannot be carried out","status":422,"detail":"Unknown metric \"delivry_rate\". Nearest: delivery_rate, read_rate."}
        """#

    static let all =
        [send, sendReceipt, query, answer, story, templateLife, status, problem] + ServiceExamples.all
        + OutcomeExamples.all + MoneyExamples.all + [HealthSchemas.example]
}
