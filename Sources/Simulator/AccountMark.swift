import Domain

/// Something Meta says about the account, not about a message.
struct AccountMark: Sendable {
    var field: String
    var line: Int
    /// The whole `value` object.
    var value: Bytes

    func update(scenario: Scenario, at second: Int64) -> Update {
        Update(line: min(line, scenario.lines.count - 1), section: .field(field, time: second), item: value)
    }

    /// The marks of one day: what follows from incidents and category changes, and the usual small news.
    static func on(day: Int, scenario: Scenario) -> [(second: Int64, mark: AccountMark)] {
        let range = scenario.startOfDay(day)..<scenario.startOfDay(day + 1)
        return (pauses(scenario) + categoryChanges(scenario) + news(scenario)).filter {
            range.contains(Instant(seconds: $0.second))
        }
    }

    private static func identity(_ template: MessageTemplate) -> String {
        #""message_template_id":\#(template.id.value),"message_template_name":"\#(template.name)","#
            + #""message_template_language":"id""#
    }

    private static func mark(_ field: String, line: Int = 0, _ body: String) -> AccountMark {
        AccountMark(field: field, line: line, value: Bytes("{\(body)}".utf8))
    }

    private static func pauses(_ scenario: Scenario) -> [(second: Int64, mark: AccountMark)] {
        var marks: [(second: Int64, mark: AccountMark)] = []
        for incident in scenario.incidents where incident.kind == .templatePaused {
            guard let template = scenario.templates.first(where: { $0.name == incident.segment.template }) else {
                continue
            }
            let identity = identity(template)
            let category = template.category.rawValue.uppercased()
            let from = incident.window.lowerBound.seconds
            marks.append(
                (
                    from - 20 * 3600,
                    mark(
                        "message_template_quality_update",
                        #""previous_quality_score":"GREEN","new_quality_score":"YELLOW","# + identity)
                ))
            marks.append(
                (
                    from,
                    mark(
                        "message_template_status_update",
                        #""event":"PAUSED",\#(identity),"message_template_category":"\#(category)","reason":"NONE","#
                            + #""other_info":{"title":"FIRST_PAUSE","description":"Low quality"}"#)
                ))
            marks.append(
                (
                    incident.window.upperBound.seconds,
                    mark(
                        "message_template_status_update",
                        #""event":"APPROVED",\#(identity),"message_template_category":"\#(category)","reason":null,"#
                            + #""other_info":{"title":"UNPAUSED","description":"Unpaused"}"#)
                ))
        }
        return marks
    }

    private static func categoryChanges(_ scenario: Scenario) -> [(second: Int64, mark: AccountMark)] {
        var marks: [(second: Int64, mark: AccountMark)] = []
        for template in scenario.templates {
            guard let day = template.raisedToMarketingFromDay else { continue }
            let at = scenario.startOfDay(day).seconds
            let category = template.category.rawValue.uppercased()
            marks.append(
                (
                    at - 86_400,
                    mark(
                        "template_category_update",
                        identity(template)
                            + #","correct_category":"MARKETING","new_category":"\#(category)","#
                            + #""category_update_timestamp":\#(at)"#
                    )
                ))
            marks.append(
                (
                    at,
                    mark(
                        "template_category_update",
                        identity(template) + #","previous_category":"\#(category)","new_category":"MARKETING""#)
                ))
        }
        return marks
    }

    /// On fixed days, so that a longer run begins exactly like a shorter one.
    private static func news(_ scenario: Scenario) -> [(second: Int64, mark: AccountMark)] {
        func at(day: Int, hour: Int64) -> Int64 { scenario.startOfDay(day).seconds + hour * 3600 }
        let line = scenario.lines[0]
        let last = scenario.lines.count - 1
        return [
            (
                at(day: 3, hour: 11),
                mark(
                    "phone_number_quality_update",
                    #""display_phone_number":"\#(line.display)","event":"THROUGHPUT_UPGRADE","#
                        + #""max_daily_conversations_per_business":"TIER_100K""#)
            ),
            (
                at(day: 3, hour: 12),
                mark(
                    "business_capability_update",
                    #""max_daily_conversations_per_business":100000,"max_phone_numbers_per_business":25"#)
            ),
            (
                at(day: 8, hour: 15),
                mark(
                    "account_alerts", line: last,
                    #""entity_type":"PHONE_NUMBER","entity_id":"\#(scenario.lines[last].phoneNumber.value)","#
                        + #""alert_info":{"alert_severity":"INFORMATIONAL","alert_status":"NONE","#
                        + #""alert_type":"OBA_APPROVED","#
                        + #""alert_description":"Approved"}"#)
            ),
        ]
    }
}
