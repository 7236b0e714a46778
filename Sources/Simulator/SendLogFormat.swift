import Domain

/// Records of the send log (`POST /api/v1/sends`), as a shop's own sender writes them.
enum SendLogFormat {
    static func record(
        _ message: Outbound, person: Person, scenario: Scenario, rejection: Int?, chance: inout Chance
    ) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(480)
        bytes.add("{")
        if let rejection {
            bytes.add(#""id":""#)
            bytes.add(raw: message.ownID)
            bytes.add(#"","status":"rejected","error":{"code":"#)
            bytes.add(Int64(rejection))
            bytes.add(#","message":""#)
            bytes.add(WireFormat.title(of: rejection))
            bytes.add(#""}"#)
        } else {
            bytes.add(#""message_id":""#)
            bytes.add(raw: message.id)
            bytes.add("\"")
        }
        bytes.add(#","phone_number_id":""#)
        bytes.add(raw: scenario.lines[message.line].phoneNumber.value)
        bytes.add(#"","to":"#)
        addNullable(person.phoneIfVisible, to: &bytes)
        bytes.add(#","user_id":"#)
        let knowsUserID = person.phoneIfVisible == nil || chance.happens(0.5)
        addNullable(knowsUserID ? person.userIDIfVisible : nil, to: &bytes)
        bytes.add(#","sent_at":""#)
        bytes.add(dateTime: message.at, inWIB: message.line == 1)
        bytes.add(#"","type":""#)
        bytes.add(raw: message.type)
        bytes.add("\"")
        if let template = message.template { addTemplate(scenario.templates[template], message, to: &bytes) }
        if message.logsUseCase {
            bytes.add(#","use_case":""#)
            bytes.add(raw: message.useCase)
            bytes.add("\"")
        }
        if let campaign = message.campaign {
            bytes.add(#","campaign":"#)
            bytes.add(quoted: campaign)
        }
        addSender(message, to: &bytes)
        if let variant = message.variant {
            bytes.add(#","tags":{"variant":"#)
            bytes.add(quoted: variant)
            bytes.add("}")
        }
        bytes.add("}")
        return bytes
    }

    /// Nothing was sent on purpose: the recipient is in the control group.
    static func heldOut(
        id: String, person: Person, template: MessageTemplate, campaign: String, line: BusinessLine, at: Int64
    ) -> Bytes {
        var bytes: Bytes = []
        bytes.add(#"{"id":""#)
        bytes.add(raw: id)
        bytes.add(#"","status":"held_out","phone_number_id":""#)
        bytes.add(raw: line.phoneNumber.value)
        bytes.add(#"","to":"#)
        addNullable(person.phoneIfVisible, to: &bytes)
        bytes.add(#","user_id":"#)
        addNullable(person.userIDIfVisible, to: &bytes)
        bytes.add(#","sent_at":""#)
        bytes.add(dateTime: at, inWIB: true)
        bytes.add(#"","type":"template","template":{"name":"#)
        bytes.add(quoted: template.name)
        bytes.add(#","language":"id","category":""#)
        bytes.add(raw: template.category.rawValue)
        bytes.add(#""},"use_case":"broadcast","campaign":"#)
        bytes.add(quoted: campaign)
        bytes.add(#","sender":{"kind":"system"}}"#)
        return bytes
    }

    private static func addNullable(_ text: String?, to bytes: inout Bytes) {
        if let text { bytes.add(quoted: text) } else { bytes.add("null") }
    }

    private static func addTemplate(_ template: MessageTemplate, _ message: Outbound, to bytes: inout Bytes) {
        bytes.add(#","template":{"name":"#)
        bytes.add(quoted: template.name)
        bytes.add(#","language":"#)
        bytes.add(quoted: message.language ?? "id")
        bytes.add(#","category":""#)
        bytes.add(raw: template.category.rawValue)
        bytes.add(#""}"#)
    }

    private static func addSender(_ message: Outbound, to bytes: inout Bytes) {
        bytes.add(#","sender":{"kind":""#)
        bytes.add(raw: message.sender.rawValue)
        bytes.add("\"")
        if let agent = message.agent {
            bytes.add(#","id":"#)
            bytes.add(quoted: agent)
        }
        if let team = message.team {
            bytes.add(#","team":"#)
            bytes.add(quoted: team)
        }
        bytes.add("}")
    }
}
