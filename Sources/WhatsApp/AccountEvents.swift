import Domain

/// Templates, numbers and the account: every payload becomes one mark on the account timeline.
extension Reading {
    // MARK: Templates

    mutating func readTemplate() {
        let subject = AccountEvent.Subject.template(
            id: value["message_template_id"]?.word.map { TemplateID($0) },
            name: value["message_template_name"]?.label, language: value["message_template_language"]?.label
        )
        let keys: Set<String> = ["message_template_id", "message_template_name", "message_template_language"]
        // Meta's own sample of a quality update stands under the name of the status update.
        if let score = value["new_quality_score"]?.label {
            mark(
                score, subject: subject, previous: value["previous_quality_score"]?.label,
                except: keys.union(["new_quality_score", "previous_quality_score"]), field: .templateQuality
            )
            return
        }
        switch field {
        case .templateStatus: mark(value["event"]?.label, subject: subject, except: keys)
        case .templateCategory:
            // With `correct_category` it is the notice a day ahead: `new_category` is then the present one.
            let isNotice = value["correct_category"] != nil && value["previous_category"] == nil
            mark(
                isNotice ? "IMPENDING" : value["new_category"]?.label, subject: subject,
                previous: (isNotice ? value["new_category"] : value["previous_category"])?.label,
                except: isNotice ? keys : keys.union(["new_category", "previous_category"])
            )
        case .templateCategoryDetection:
            mark(
                value["correct_category"]?.label, subject: subject, previous: value["category"]?.label,
                except: keys.union(["category", "correct_category"])
            )
        case .templateComponents:
            mark(
                (value["message_template_name"] ?? value["message_template_id"]).map { _ in "UPDATED" },
                subject: subject, except: keys
            )
        default: mark(nil, subject: subject)
        }
    }

    // MARK: Phone numbers

    mutating func readPhoneNumber() {
        let settings = value["phone_number_settings"]
        let id = (settings?["phone_number_id"] ?? value["phone_number_id"])?.word.map { PhoneNumberID($0) }
        let display = value["display_phone_number"]?.word.map { Party.digits(of: $0) ?? $0 }
        let subject = AccountEvent.Subject.phoneNumber(
            id: id ?? line.phoneNumber, display: display ?? line.displayPhoneNumber
        )
        switch field {
        case .phoneNumberQuality:
            mark(value["event"]?.label, subject: subject, previous: value["old_limit"]?.label)
        case .phoneNumberName: mark(value["decision"]?.label, subject: subject, except: ["decision"])
        case .businessUsernames, .businessUsername:
            mark(value["status"]?.label, subject: subject, except: ["status"])
        case .accountSettings:
            mark(value["type"]?.label, subject: subject, except: ["type", "phone_number_id"])
        default:
            // `security`: who asked is an employee's id, and so is left in the raw delivery.
            mark(value["event"]?.label, subject: subject, except: ["requester"])
        }
    }

    // MARK: Account

    mutating func readAccount() {
        switch field {
        case .accountUpdate: readAccountUpdate()
        case .accountAlerts: readAlert()
        case .accountReview: mark(value["decision"]?.label, subject: .account, except: ["decision"])
        case .businessCapability:
            // A tier's name or a number, -1 for no limit; the second key was dropped in February 2026.
            let limit = value["max_daily_conversations_per_business"] ?? value["max_daily_conversation_per_phone"]
            let event =
                limit?.label ?? (value["max_phone_numbers_per_waba"] ?? value["max_phone_numbers_per_business"])?.label
            mark(event, subject: .account)
        case .partnerSolutions:
            // The entry is the business portfolio here, not a WhatsApp account.
            mark(
                value["event"]?.label, subject: .other(value["solution_id"]?.word), except: ["solution_id"],
                account: .some(nil), details: portfolio
            )
        default:
            mark(
                value["status"]?.label, subject: .paymentConfiguration(value["configuration_name"]?.label),
                except: ["status", "configuration_name"], at: value["updated_timestamp"] ?? value["created_timestamp"]
            )
        }
    }

    private var portfolio: [String: String] { account.map { ["business_portfolio_id": $0.value] } ?? [:] }

    private mutating func readAccountUpdate() {
        let event = value["event"]?.label
        let told = value["waba_info"]?["waba_id"]?.word.map { AccountID($0) }
        let isPartner = event?.hasPrefix("PARTNER_") ?? false
        mark(
            event, subject: .account, account: .some(told ?? (isPartner ? nil : account)),
            details: isPartner ? portfolio : [:]
        )
    }

    private mutating func readAlert() {
        let alert = value["alert_info"] ?? value
        let entity = value["entity_id"]?.word
        let subject: AccountEvent.Subject =
            switch value["entity_type"]?.label?.uppercased() {
            case "PHONE_NUMBER": .phoneNumber(id: entity.map { PhoneNumberID($0) }, display: nil)
            case "BUSINESS", "WABA", nil: .account
            default: .other(entity)
            }
        mark(alert["alert_type"]?.label, subject: subject, except: ["alert_type"])
    }

    // MARK: Flows

    mutating func readFlow() {
        mark(
            value["event"]?.label, subject: .flow(id: value["flow_id"]?.word), previous: value["old_status"]?.label,
            except: ["flow_id", "old_status"]
        )
    }

    // MARK: Groups

    mutating func readGroups() {
        forEach(in: value["groups"]) { reading, group in
            var counts: [String: String] = [:]
            for list in ["added_participants", "removed_participants", "failed_participants"] {
                guard let members = group.member(named: list)?.elements, !members.isEmpty else { continue }
                counts[list] = String(members.count)
                for member in members { reading.linkNames(of: member, at: reading.time(group)) }
            }
            reading.linkNames(of: group, at: reading.time(group))
            reading.mark(
                group["type"]?.label, subject: .group(group["group_id"]?.word.map { GroupID($0) }), in: group,
                except: Self.personalGroupKeys, details: counts
            )
        }
        readValueErrors(value["errors"])
    }

    /// Who is in a group, what it is called, and how to get in.
    private static let personalGroupKeys: Set<String> = [
        "type", "group_id", "subject", "description", "invite_link", "wa_id", "user_id", "parent_user_id", "username",
        "input", "text", "sha256", "mime_type", "added_participants", "removed_participants", "failed_participants",
        "profile", "name", "message", "error_data", "join_request_id",
    ]

    private mutating func linkNames(of member: JSON.Value, at: Instant) {
        guard member.isObject, let phone = member["wa_id"]?.word.flatMap(Party.digits),
            let userID = member["user_id"]?.word
        else { return }
        let link = IdentityLink(a: Party(phone: phone), b: Party(userID: userID), reason: .together, at: at)
        add(.identity(link))
    }

    // MARK: messaging_handovers

    /// A thread changed owner: from the assistant to a person, for instance. One mark on the account timeline, and one
    /// event for the thread itself.
    mutating func readHandover() {
        let type = value["type"]?.label
        let change = type.flatMap { value.member(named: $0) }
        var person = value["sender"]?["phone_number"]?.word.map { Party(metaName: $0) } ?? Party()
        person.userID = value["sender"]?["user_id"]?.word ?? person.userID
        person = contacts.completing(person, isOnlyItem: true)
        var line = line
        let recipient = value["recipient"]
        line.phoneNumber = recipient?["phone_number_id"]?.word.map { PhoneNumberID($0) } ?? line.phoneNumber
        line.displayPhoneNumber =
            recipient?["display_phone_number"]?.word.map { Party.digits(of: $0) ?? $0 } ?? line.displayPhoneNumber
        var details: [String: String] = [:]
        details["phone_number_id"] = line.phoneNumber?.value
        mark(
            type, subject: .thread(person), previous: change?["previous_owner_role"]?.label,
            except: ["type", "sender", "recipient", "metadata", "conversation_context"], details: details
        )
        guard type != nil else { return }
        add(
            .handover(
                Handover(
                    person: person, line: line, at: time(value), newOwnerRole: change?["new_owner_role"]?.label,
                    previousOwnerRole: change?["previous_owner_role"]?.label
                )
            )
        )
    }
}
