/// Examples of service in the documentation, as JSON texts. A test reads each of them.
enum ServiceExamples {
    static let chatwoot = #"""
        {"event":"message_created","id":901,"message_type":"incoming","created_at":"2026-11-22T03:10:00Z","source_id":"wamid.HBgMNjI4","conversation":{"id":77}}
        """#

    static let deskEvent = #"""
        [{"source":"zendesk","id":"evt-1","type":"message","conversation_id":"T-77","contact":"6281234567890","phone_number_id":"106540352242922","at":"2026-11-22T03:12:40Z","direction":"outbound","author":{"kind":"human","id":"agent-7","team":"cs-1"},"message_id":"wamid.HBgMNjI4"},{"source":"zendesk","id":"evt-2","type":"status","conversation_id":"T-77","at":"2026-11-22T03:40:00Z","status":"resolved","author":{"kind":"human","id":"agent-7"}}]
        """#

    static let deskReceipt = #"""
        {"accepted":2,"rejected_count":1,"rejected":[{"index":3,"detail":"record 3: rating must be a whole number from 1 to 5"}]}
        """#

    static let openWaits = #"""
        {"waits":[{"conversation":"7c01aa93f0be5512","waiting_for":"agent","since":"2026-11-22T03:10:00Z","started_at":"2026-11-22T03:10:00Z","last_message_at":"2026-11-22T03:14:00Z","messages":2,"handed_off_at":null,"due_at":"2026-11-22T03:25:00Z","standing":"due_soon","missed":false,"about_to_breach":true,"dimensions":{"phone_number":"106540352242922","team":"cs-1","responder":"none"}}],"more":false}
        """#

    static let outliers = #"""
        {"range":{"from":"2026-11-15T17:00:00Z","to":"2026-11-22T17:00:00Z"},"total":1,"waits":[{"conversation":"7c01aa93f0be5512","started_at":"2026-11-18T03:10:00Z","response_seconds":14400,"threshold_seconds":5310.4,"messages":4,"dimensions":{"responder":"human","agent":"agent-7","team":"cs-1"}}]}
        """#

    static let responseDistribution = #"""
        {"waits_answered":801,"bands":[{"from_seconds":2,"to_seconds":5,"bot":400,"human":0,"unknown":0},{"from_seconds":86400,"to_seconds":null,"bot":0,"human":401,"unknown":0}]}
        """#

    static let distributionQuestion = #"""
        {"metrics":["response_time_p50"],"dimensions":["responder"],"filters":[{"dimension":"team","values":["cs-1"]}],"range":{"preset":"last_28_days"}}
        """#

    static let distribution = #"""
        {"metric":"response_time","range":{"from":"2026-11-15T17:00:00Z","to":"2026-11-22T17:00:00Z"},"by":"responder","lines":[{"key":"human","count":401,"median_seconds":840.2,"p90_seconds":5310.4,"p99_seconds":30120.8,"bins":[{"from_seconds":600,"to_seconds":1800,"count":401}]}],"total":{"key":null,"count":401,"median_seconds":840.2,"p90_seconds":5310.4,"p99_seconds":30120.8,"bins":[{"from_seconds":600,"to_seconds":1800,"count":401}]}}
        """#

    static let conversation = #"""
        {"id":"7c01aa93f0be5512","phone_number":"106540352242922","started_at":"2026-11-22T03:10:00Z","last_message_at":"2026-11-22T03:24:00Z","resolved_at":null,"reopened":false,"over":false,"answered":true,"bot":false,"human":true,"handed_off":false,"rating":null,"messages_inbound":2,"messages_outbound":1,"dimensions":{"phone_number":"106540352242922","opened_by":"customer","handled_by":"human","responder":"human","agent":"agent-7","team":"cs-1"},"waits":[{"started_at":"2026-11-22T03:10:00Z","last_message_at":"2026-11-22T03:14:00Z","messages":2,"state":"answered","ended_at":"2026-11-22T03:24:00Z","seconds":840,"responder":"human","first_in_conversation":true,"handed_off_at":null,"person_replied_at":null,"business_seconds":840,"waited_for":{"bot":0,"queue":300,"agent":540,"closed":0},"target":"met","dimensions":{"responder":"human","agent":"agent-7"}}],"steps":[{"at":"2026-11-22T03:10:00Z","what":"customer_message","name":{"id":"Pelanggan menulis","en":"The customer wrote"},"by":null,"agent":null,"team":null,"detail":null},{"at":"2026-11-22T03:14:00Z","what":"customer_message","name":{"id":"Pelanggan menulis","en":"The customer wrote"},"by":null,"agent":null,"team":null,"detail":null},{"at":"2026-11-22T03:15:00Z","what":"assigned","name":{"id":"Ditugaskan","en":"Assigned"},"by":null,"agent":"agent-7","team":"cs-1","detail":null},{"at":"2026-11-22T03:24:00Z","what":"reply","name":{"id":"Dijawab","en":"Answered"},"by":"human","agent":"agent-7","team":"cs-1","detail":null}],"intervals":[{"from":"2026-11-22T03:10:00Z","to":"2026-11-22T03:15:00Z","seconds":300,"waiting_for":"queue","agent":null,"name":{"id":"Menunggu dalam antrean","en":"Waiting in the queue"}},{"from":"2026-11-22T03:15:00Z","to":"2026-11-22T03:24:00Z","seconds":540,"waiting_for":"agent","agent":"agent-7","name":{"id":"Menunggu agen agent-7","en":"Waiting for agent agent-7"}},{"from":"2026-11-22T03:24:00Z","to":null,"seconds":null,"waiting_for":"customer","agent":null,"name":{"id":"Menunggu pelanggan","en":"Waiting for the customer"}}]}
        """#

    static let repeatQuestion = #"""
        {"filters":[{"dimension":"team","values":["cs-1"]}],"range":{"preset":"last_28_days"},"timezone":"Asia/Jakarta"}
        """#

    static let repeatEffect = #"""
        {"waits":5120,"sentence":{"id":"Setelah menunggu 4 menit, tiap menit menambah 0,3 pesan dari pelanggan (sebelumnya 0,04). Ini berlaku sampai 1 jam.","en":"Each minute beyond 4 minutes of waiting costs 0.3 extra messages (before that 0.04). This holds up to 1 hour."},"knee":{"from_minutes":4,"to_minutes":60,"extra_messages_per_minute_before":0.04,"extra_messages_per_minute_after":0.3,"after_interval":[0.28,0.32]},"bands":[{"from_minutes":0,"to_minutes":1,"waiting":5120,"exposure_minutes":4210.5,"first_repeats":180,"extra_messages":190,"repeats_per_minute":0.043,"repeats_per_minute_interval":[0.037,0.05],"extra_messages_per_minute":0.045,"extra_messages_per_minute_interval":[0.039,0.052],"repeated_by_end":0.042}]}
        """#

    private static let hours = #"""
        {"scope":"workspace","timezone":"Asia/Jakarta","weekly":{"mon":["08:00-12:00","13:00-17:00"],"fri":["08:00-11:30","13:30-17:00"]},"holidays":[{"date":"2026-08-17","name":"Proklamasi Kemerdekaan"}],"specials":[{"name":"Ramadan","from":"2026-02-19","to":"2026-03-20","weekly":{"mon":["08:00-15:00"]}}]}
        """#

    static let calendar = #"{"calendar":\#(hours)}"#
    static let calendars = #"{"calendars":[\#(hours)],"recounted":1}"#
    static let calendarsStored = #"{"calendars":[\#(hours)],"delivery":120035}"#
    static let calendarRemoved = #"{"calendars":[{"scope":{"team":"cs-1"},"removed":true}],"delivery":120036}"#

    static let targets = #"""
        {"service_targets":[{"responder":"human","team":"cs-1","within":"15m","clock":"business"},{"responder":"bot","within":"30s","clock":"elapsed"}]}
        """#
    static let targetsStored = #"""
        {"service_targets":[{"responder":"bot","within":"30s","clock":"elapsed"}],"delivery":120037}
        """#

    static let all = [
        distributionQuestion, distribution, chatwoot, deskEvent, deskReceipt, openWaits, outliers, responseDistribution,
        conversation, repeatQuestion, repeatEffect, calendar,
        calendars,
        calendarsStored, calendarRemoved, targets, targetsStored,
    ]
}
