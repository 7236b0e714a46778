/// Examples for what looks ahead and compares.
enum AheadExamples {
    static let forecast = """
        {"metric":"messages_inbound","as_of":"2026-11-23T10:20:00+07:00","timezone":"Asia/Jakarta","history_days":120,"hours":[{"time":"2026-11-23T10:00:00+07:00","mean":42.1,"lo80":33,"hi80":52,"lo95":28,"hi95":58}],"days":[{"date":"2026-11-23","mean":610.4,"lo80":540,"hi80":690,"lo95":498,"hi95":742}],"effects":[{"kind":"holiday","factor":0.61,"occasions":4}],"trial":{"error":0.19,"naive_error":0.27,"day_error":0.07,"naive_day_error":0.11,"inside80":0.81,"inside95":0.95},"notes":[]}
        """

    static let staffing = """
        {"timezone":"Asia/Jakarta","assumptions":{"target_seconds":900,"target_share":0.8,"target_is_own":true,"handling_seconds":180,"chats":3,"slowdown":0.3,"shrinkage":0.3,"patience_seconds":41200,"has_calendar":true},"customers_expected":4210.5,"customers_while_closed":310.2,"agent_hours":412,"peak_rostered":9,"quarter_hours":[{"time":"2026-11-24T08:00:00+07:00","customers":14.2,"lo80":10,"hi80":19,"agents":4,"agents_lo80":3,"agents_hi80":5,"rostered":6,"service_level":0.93,"abandonment":0.004,"occupancy":0.78}],"shifts":[{"date":"2026-11-24","shift":"pagi","from":"2026-11-24T07:00:00+07:00","to":"2026-11-24T15:00:00+07:00","agents":9}],"uncovered":[],"what_if":[],"notes":[]}
        """

    static let compare = """
        {"templates":["promo_a","promo_b"],"measure":"reply","range":{"preset":"last_28_days"}}
        """

    static let comparison = """
        {"measure":"reply","verdict":"keep_going","better":null,"sentence":{"id":"Lanjutkan: beda tingkat dibalas belum terbukti, bisa jadi hanya kebetulan.","en":"Keep going: no difference in reply rate is proven yet; it may be chance."},"arms":[{"name":"promo_a","messages":1200,"events":96,"rate":0.08,"opt_outs":3,"cost_per_event":7350},{"name":"promo_b","messages":1190,"events":118,"rate":0.0992,"opt_outs":2,"cost_per_event":5930}],"pairs":[{"first":"promo_a","second":"promo_b","difference":0.0192,"lower":-0.021,"upper":0.059,"p_value":0.71,"adjusted_p_value":0.71,"enough":true}],"notes":[]}
        """

    static let question = #"{"question":"berapa delivery rate promo_11_11 minggu lalu per jam?"}"#

    static let reading = """
        {"question":"delivery rate promo_11_11 kemarin","complete":true,"understood":[{"words":"delivery rate","meaning":{"id":"metrik delivery_rate","en":"metric delivery_rate"}}],"gaps":[],"query":{"metrics":["delivery_rate"],"filters":[{"dimension":"template","op":"in","values":["promo_11_11"]}],"range":{"preset":"yesterday"}},"command":"pantau query --metrics delivery_rate --last yesterday --filter template=promo_11_11","alternatives":[],"answer":null,"problem":null}
        """

    static let limit = """
        {"limit":10000,"unlimited":false,"told_at":"2026-09-01T10:00:00+07:00","used":6120,"per_hour":1800,"outcome":"reaches","at":"2026-11-23T14:10:00+07:00","earliest":"2026-11-23T13:52:00+07:00","latest":"2026-11-23T14:41:00+07:00","left_over":2100,"sentence":{"id":"Kampanye ini mencapai batas 10.000 penerima pukul 14.10.","en":"This campaign reaches the limit of 10,000 recipients at 14:10."}}
        """
}
