import Domain
import Testing
import WhatsApp

@Suite("templates, numbers, account, flows, groups")
struct AccountEventTests {
    struct Case: CustomTestStringConvertible {
        var fixture: Fixture
        var expected: AccountEvent
        var testDescription: String { "\(expected.field) \(expected.event)" }
    }

    /// The entry's time, 1763800000, is the time of every mark that has no better one.
    static func mark(
        _ field: String, _ value: String, subject: AccountEvent.Subject, _ event: String, previous: String? = nil,
        account: AccountID? = account, details: [String: String] = [:], at time: Int64 = 1_763_800_000,
        recordedAs name: String? = nil
    ) -> Case {
        Case(
            fixture: Fixture(field, time: "1763800000", value),
            expected: AccountEvent(
                field: name ?? field, account: account, subject: subject, event: event, previous: previous,
                details: details, at: at(time)))
    }

    static let promo = AccountEvent.Subject.template(id: "1689556908129832", name: "promo_11_11", language: "id")
    static let promoKeys =
        #""message_template_id":1689556908129832,"message_template_name":"promo_11_11","message_template_language":"id""#
    static let number = AccountEvent.Subject.phoneNumber(id: nil, display: "6281100000000")
    static let numberKey = #""display_phone_number":"6281100000000""#

    static let templates: [Case] = [
        mark(
            "message_template_status_update",
            #"{"event":"PAUSED",\#(promoKeys),"message_template_category":"MARKETING","reason":null,"other_info":{"title":"FIRST_PAUSE","description":"d"},"disable_info":{"disable_date":1763800000}}"#,
            subject: promo, "PAUSED",
            details: [
                "message_template_category": "MARKETING", "other_info.title": "FIRST_PAUSE",
                "other_info.description": "d",
                "disable_info.disable_date": "1763800000",
            ]),
        mark(
            "message_template_quality_update",
            #"{"previous_quality_score":"GREEN","new_quality_score":"YELLOW",\#(promoKeys)}"#,
            subject: promo, "YELLOW", previous: "GREEN"),
        mark(
            "message_template_status_update",
            #"{"previous_quality_score":"GREEN","new_quality_score":"RED",\#(promoKeys)}"#,
            subject: promo, "RED", previous: "GREEN", recordedAs: "message_template_quality_update"),
        mark(
            "template_category_update",
            #"{\#(promoKeys),"correct_category":"MARKETING","new_category":"UTILITY","category_update_timestamp":1763886400}"#,
            subject: promo, "IMPENDING", previous: "UTILITY",
            details: [
                "correct_category": "MARKETING", "new_category": "UTILITY", "category_update_timestamp": "1763886400",
            ]),
        mark(
            "template_category_update", #"{\#(promoKeys),"previous_category":"UTILITY","new_category":"MARKETING"}"#,
            subject: promo, "MARKETING", previous: "UTILITY"),
        mark(
            "message_template_components_update",
            #"{\#(promoKeys),"message_template_element":"Halo {{1}}","message_template_buttons":[{"message_template_button_type":"URL","message_template_button_text":"Beli"}]}"#,
            subject: promo, "UPDATED",
            details: [
                "message_template_element": "Halo {{1}}",
                "message_template_buttons.0.message_template_button_type": "URL",
                "message_template_buttons.0.message_template_button_text": "Beli",
            ]),
        mark(
            "template_correct_category_detection",
            #"{\#(promoKeys),"category":"UTILITY","correct_category":"MARKETING"}"#,
            subject: promo, "MARKETING", previous: "UTILITY"),
    ]

    static let numbers: [Case] = [
        mark(
            "phone_number_quality_update",
            #"{\#(numberKey),"event":"UPGRADE","old_limit":"TIER_1K","current_limit":"TIER_10K"}"#,
            subject: number, "UPGRADE", previous: "TIER_1K",
            details: ["old_limit": "TIER_1K", "current_limit": "TIER_10K"]),
        mark(
            "phone_number_name_update",
            #"{\#(numberKey),"decision":"REJECTED","requested_verified_name":"Toko","rejection_reason":"NAME_FORMAT_UNACCEPTABLE"}"#,
            subject: number, "REJECTED",
            details: ["requested_verified_name": "Toko", "rejection_reason": "NAME_FORMAT_UNACCEPTABLE"]),
        mark(
            "security", #"{\#(numberKey),"event":"PIN_RESET_REQUEST","requester":"61555822107539"}"#, subject: number,
            "PIN_RESET_REQUEST"),
        mark(
            "account_settings_update",
            #"{"messaging_product":"whatsapp","timestamp":1763800500,"type":"PHONE_NUMBER_SETTINGS","phone_number_settings":{"phone_number_id":"106540352242922","calling":{"status":"ENABLED"}}}"#,
            subject: .phoneNumber(id: "106540352242922", display: nil), "PHONE_NUMBER_SETTINGS",
            details: ["phone_number_settings.calling.status": "ENABLED"], at: 1_763_800_500),
        mark(
            "business_username_updates", #"{\#(numberKey),"username":"toko","status":"approved"}"#, subject: number,
            "approved", details: ["username": "toko"]),
        mark("business_username_update", #"{\#(numberKey),"status":"deleted"}"#, subject: number, "deleted"),
    ]

    static let accounts: [Case] = [
        mark(
            "account_update",
            #"{"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":1764400000}]}"#,
            subject: .account, "ACCOUNT_RESTRICTION",
            details: [
                "restriction_info.0.restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
                "restriction_info.0.expiration": "1764400000",
            ]),
        mark(
            "account_update",
            #"{"event":"PARTNER_REMOVED","waba_info":{"waba_id":"555","owner_business_id":"777","solution_partner_business_ids":["1","2"]}}"#,
            subject: .account, "PARTNER_REMOVED", account: "555",
            details: [
                "waba_info.waba_id": "555", "waba_info.owner_business_id": "777",
                "waba_info.solution_partner_business_ids": "1,2", "business_portfolio_id": "102290129340398",
            ]),
        mark(
            "account_alerts",
            #"{"entity_type":"PHONE_NUMBER","entity_id":106540352242922,"alert_info":{"alert_severity":"WARNING","alert_status":"ACTIVE","alert_type":"OBA_REJECTED"}}"#,
            subject: .phoneNumber(id: "106540352242922", display: nil), "OBA_REJECTED",
            details: [
                "entity_type": "PHONE_NUMBER", "entity_id": "106540352242922", "alert_info.alert_severity": "WARNING",
                "alert_info.alert_status": "ACTIVE",
            ]),
        mark("account_review_update", #"{"decision":"APPROVED"}"#, subject: .account, "APPROVED"),
        mark(
            "business_capability_update",
            #"{"max_daily_conversations_per_business":-1,"max_phone_numbers_per_business":25}"#,
            subject: .account, "-1",
            details: ["max_daily_conversations_per_business": "-1", "max_phone_numbers_per_business": "25"]),
        mark(
            "business_capability_update", #"{"max_daily_conversations_per_business":"TIER_10K"}"#, subject: .account,
            "TIER_10K", details: ["max_daily_conversations_per_business": "TIER_10K"]),
        mark(
            "partner_solutions", #"{"event":"SOLUTION_UPDATED","solution_id":"774","solution_status":"ACTIVE"}"#,
            subject: .other("774"), "SOLUTION_UPDATED", account: nil,
            details: ["solution_status": "ACTIVE", "business_portfolio_id": "102290129340398"]),
        mark(
            "payment_configuration_update",
            #"{"configuration_name":"pay1","provider_name":"razorpay","provider_mid":"m","status":"Needs Testing","created_timestamp":1763700000,"updated_timestamp":1763700100}"#,
            subject: .paymentConfiguration("pay1"), "Needs Testing",
            details: [
                "provider_name": "razorpay", "provider_mid": "m", "created_timestamp": "1763700000",
                "updated_timestamp": "1763700100",
            ], at: 1_763_700_100),
        mark(
            "flows",
            #"{"event":"FLOW_STATUS_CHANGE","flow_id":"6627","message":"Flow is now throttled","old_status":"PUBLISHED","new_status":"THROTTLED"}"#,
            subject: .flow(id: "6627"), "FLOW_STATUS_CHANGE", previous: "PUBLISHED",
            details: ["message": "Flow is now throttled", "new_status": "THROTTLED"]),
        mark(
            "flows",
            #"{"event":"CLIENT_ERROR_RATE","flow_id":6627,"error_rate":14.28,"threshold":10,"alert_state":"ACTIVATED","errors":[{"error_type":"INVALID_SCREEN_TRANSITION","error_rate":66.66,"error_count":2}]}"#,
            subject: .flow(id: "6627"), "CLIENT_ERROR_RATE",
            details: [
                "error_rate": "14.28", "threshold": "10", "alert_state": "ACTIVATED",
                "errors.0.error_type": "INVALID_SCREEN_TRANSITION", "errors.0.error_rate": "66.66",
                "errors.0.error_count": "2",
            ]),
    ]

    static let groups: [Case] = [
        mark(
            "group_lifecycle_update",
            #"{\#(metadata),"groups":[{"timestamp":"1763800700","group_id":"GRP","type":"group_create","request_id":"r","subject":"Pelanggan setia","invite_link":"https://chat.example/abc","join_approval_mode":"auto_approve"}]}"#,
            subject: .group("GRP"), "group_create", details: ["request_id": "r", "join_approval_mode": "auto_approve"],
            at: 1_763_800_700),
        mark(
            "group_settings_update",
            #"{\#(metadata),"groups":[{"timestamp":"1763800701","group_id":"GRP","type":"group_settings_update","group_subject":{"text":"Rahasia","update_successful":true},"profile_picture":{"mime_type":"image/jpeg","sha256":"x","update_successful":false}}]}"#,
            subject: .group("GRP"), "group_settings_update",
            details: ["group_subject.update_successful": "true", "profile_picture.update_successful": "false"],
            at: 1_763_800_701),
        mark(
            "group_status_update",
            #"{\#(metadata),"groups":[{"timestamp":"1763800702","group_id":"GRP","type":"group_suspend"}]}"#,
            subject: .group("GRP"), "group_suspend", at: 1_763_800_702),
    ]
    static let participants = Fixture(
        "group_participants_update",
        #"""
        {\#(metadata),"groups":[{"timestamp":"1763800703","group_id":"GRP","type":"group_participants_add","initiated_by":"business",
          "added_participants":[{"wa_id":"6281234567890","user_id":"ID.9f31c0AA77"},{"wa_id":"62811"}],
          "failed_participants":[{"input":"62899","errors":[{"code":131206}]}]}]}
        """#)
    static let cases = templates + numbers + accounts + groups
    static let all = cases.map(\.fixture) + [participants] + HandoverTests.all

    @Test(arguments: cases)
    func mark(_ example: Case) {
        #expect(example.fixture.account == example.expected)
        #expect(example.fixture.decoded.understood.count == 1)
    }

    @Test func participantsAreCountedAndTheirNamesTied() {
        #expect(
            Self.participants.events == [
                .identity(
                    IdentityLink(
                        a: Party(phone: "6281234567890"), b: Party(userID: "ID.9f31c0AA77"), reason: .together,
                        at: at(1_763_800_703))),
                .account(
                    AccountEvent(
                        field: "group_participants_update", account: account, subject: .group("GRP"),
                        event: "group_participants_add",
                        details: ["initiated_by": "business", "added_participants": "2", "failed_participants": "1"],
                        at: at(1_763_800_703))),
            ])
    }

    /// A repeated delivery comes at another time; the mark must stay the same one.
    @Test func aMarkWithoutATimeHasNone() {
        #expect(Fixture("account_review_update", #"{"decision":"APPROVED"}"#).account?.at == nil)
    }

    @Test func everyFieldHasAnExample() {
        let fields = Set(Corpus.fixtures.map(\.field))
        for field in MetaField.allCases { #expect(fields.contains(field.rawValue), "\(field.rawValue)") }
    }
}
