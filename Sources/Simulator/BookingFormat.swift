/// Webhooks of Cal.com.
enum BookingFormat {
    enum Trigger: Sendable {
        case created, cancelled
        /// The booking has a new id; the one before it is named.
        case rescheduled(from: String)

        var text: StaticString {
            switch self {
            case .created: "BOOKING_CREATED"
            case .cancelled: "BOOKING_CANCELLED"
            case .rescheduled: "BOOKING_RESCHEDULED"
            }
        }
    }

    static func webhook(_ trigger: Trigger, id: String, at: Int64, startsAt: Int64, person: Person) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(520)
        bytes.add(#"{"triggerEvent":""#)
        bytes.add(trigger.text)
        bytes.add(#"","createdAt":""#)
        bytes.add(dateTime: at, inWIB: false)
        bytes.add(#"","payload":{"uid":""#)
        bytes.add(raw: id)
        bytes.add("\"")
        if case .rescheduled(let before) = trigger {
            bytes.add(#","rescheduleUid":""#)
            bytes.add(raw: before)
            bytes.add("\"")
        }
        bytes.add(#","type":"fitting","title":"Fitting","status":""#)
        if case .cancelled = trigger { bytes.add("CANCELLED") } else { bytes.add("ACCEPTED") }
        bytes.add(#"","startTime":""#)
        bytes.add(dateTime: startsAt, inWIB: false)
        bytes.add(#"","endTime":""#)
        bytes.add(dateTime: startsAt + 1_800, inWIB: false)
        bytes.add(#"","attendees":[{"name":"#)
        bytes.add(quoted: person.name)
        bytes.add(#","timeZone":"Asia/Jakarta","language":{"locale":"id"}"#)
        if let phone = person.phoneIfVisible {
            bytes.add(#","phoneNumber":"+"#)
            bytes.add(raw: phone)
            bytes.add("\"")
        }
        bytes.add(#"}],"metadata":{"#)
        if person.phoneIfVisible == nil {
            bytes.add(#""wa":"#)
            bytes.add(quoted: person.userID)
        }
        bytes.add("}}}")
        return bytes
    }
}
