/// Examples of findings and explanations in the documentation, as JSON texts. A test reads each of them.
enum FindingExamples {
    static let mute = #"{"until":"2026-11-24T08:00:00+07:00"}"#
    static let comment = #"{"text":"Daftar penerima Malaysia sedang dibersihkan."}"#
    static let trialRule = #"{"metric":"delivery_rate","below":0.9,"grain":"hour","buckets":2,"days":60}"#
    static let ruleTrial = #"""
        {"days":60,"alarms_per_week":0.35,"judged":1290,"passed_over":150,"alarms":[{"from":"2026-11-05T08:00:00+07:00","to":"2026-11-05T11:00:00+07:00","worst":0.42,"sample":120,"buckets":4}]}
        """#
    static let why = #"""
        {"metric":"delivery_rate","segment":{"template":"shipping_update"},"at":"2026-11-05","compare":"previous_period"}
        """#

    static let finding = #"""
        {"id":"f00c1a2b3d4e5f607","kind":"delivery_down","metric":"delivery_rate","segment":{"country":"MY","template":"shipping_update"},"severity":"warning","since":"2026-11-05T01:00:00Z","until":null,"state":"open","title":{"id":"Pengiriman turun di templat shipping_update, negara MY: 68% gagal, biasanya 3,1%","en":"Delivery is down for template shipping_update, country MY: 68% fail, usually 3.1%"},"causes":[{"kind":"error","text":{"id":"97% dari tambahan gagalnya berkode 131026, Pesan tidak dapat diantar.","en":"97% of the extra failures carry code 131026, Message undeliverable."},"segment":{"country":"MY","error_code":"131026","template":"shipping_update"},"share":0.97,"error_code":131026,"at":null,"query":{"metrics":["messages_failed"],"dimensions":["error_code"],"range":{"from":"2026-11-05T08:00:00+07:00","to":"2026-11-05T14:00:00+07:00"}}}],"impact":{"messages":96,"people":96,"money":null,"currency":null,"text":{"id":"Kalau berlanjut, sekitar 96 pesan per hari tidak sampai.","en":"If it goes on, about 96 messages a day will not arrive."},"query":null},"action":{"id":"Periksa izin dan kebersihan daftar penerima.","en":"Check opt-in and the hygiene of the list."},"evidence":{"value":0.32,"expected":0.969,"lower":0.21,"upper":0.45,"sample":47,"surprise":9.4,"points":[{"at":"2026-11-05T01:00:00Z","value":0.4,"expected":0.969,"lower":null,"upper":null,"sample":10}],"query":{"metrics":["delivery_rate"],"range":{"from":"2026-11-05T08:00:00+07:00","to":"2026-11-05T14:00:00+07:00"},"grain":"hour"}},"opened_at":"2026-11-05T03:15:00Z","updated_at":"2026-11-05T07:00:00Z","seen_at":"2026-11-05T07:00:00Z","acknowledged_by":null,"muted_until":null,"comments":0,"notes":[{"at":"2026-11-05T03:15:00Z","act":"opened","by":null,"text":null}]}
        """#

    static let findings = #"{"findings":["# + finding + "]}"

    static let whyAnswer = #"""
        {"metric":"delivery_rate","range":{"from":"2026-11-04T17:00:00Z","to":"2026-11-05T17:00:00Z"},"compared_with":{"from":"2026-10-28T17:00:00Z","to":"2026-10-29T17:00:00Z"},"value":0.84,"value_before":0.95,"unit":"ratio","currency":null,"rate_effect":0.108,"mix_effect":0.002,"causes":[{"elements":[{"country":"MY"}],"share":0.96,"deviation":31.2,"real":33,"expected":1.8,"rate":0.7,"rate_before":0.04,"outside_rate":0.05,"outside_rate_before":0.05,"text":{"id":"96% dari perubahannya ada di negara MY.","en":"96% of the change is in country MY."},"query":{"metrics":["delivery_rate"],"range":{"from":"2026-11-05T00:00:00+07:00","to":"2026-11-06T00:00:00+07:00"},"grain":"day"}}],"alternatives":[],"error_codes":[{"code":131026,"count":32,"expected":1.4,"title":{"id":"Pesan tidak dapat diantar","en":"Message undeliverable"},"remedy":{"id":"Periksa nomornya.","en":"Check the number."}}],"marks":[],"leaves":12,"notes":[],"query":{"metrics":["delivery_rate"],"range":{"from":"2026-11-05","to":"2026-11-06"},"compare":"previous_period"}}
        """#
}
