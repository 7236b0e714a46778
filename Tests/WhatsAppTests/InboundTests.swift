import Domain
import Testing
import WhatsApp

@Suite("messages[]: what customers did")
struct InboundTests {
    /// Type, its object, and what it is.
    static let kinds: [(String, String, InboundMessage.Kind)] = [
        ("text", #""text":{"body":"Halo"}"#, .content),
        ("image", #""image":{"id":"1","mime_type":"image/jpeg","sha256":"x","caption":"ini"}"#, .content),
        ("audio", #""audio":{"id":"1","mime_type":"audio/ogg","sha256":"x","voice":true}"#, .content),
        ("video", #""video":{"id":"1","mime_type":"video/mp4","sha256":"x"}"#, .content),
        ("document", #""document":{"id":"1","filename":"a.pdf","mime_type":"application/pdf","sha256":"x"}"#, .content),
        ("sticker", #""sticker":{"id":"1","mime_type":"image/webp","sha256":"x","animated":false}"#, .content),
        ("location", #""location":{"latitude":-6.2,"longitude":106.8,"name":"Monas"}"#, .content),
        (
            "contacts",
            #""contacts":[{"name":{"formatted_name":"Budi"},"phones":[{"phone":"+62 811","wa_id":"62811"}]}]"#, .content
        ),
        ("button", #""button":{"payload":"YES","text":"Ya"}"#, .tap(payload: "YES")),
        (
            "interactive", #""interactive":{"type":"button_reply","button_reply":{"id":"b1","title":"Ya"}}"#,
            .tap(payload: "b1")
        ),
        (
            "interactive", #""interactive":{"type":"list_reply","list_reply":{"id":"row-2","title":"Besok"}}"#,
            .tap(payload: "row-2")
        ),
        (
            "interactive",
            #""interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"ft-9\",\"nik\":\"3171\"}"}}"#,
            .form(name: "flow", token: "ft-9")
        ),
        (
            "interactive",
            #""interactive":{"type":"nfm_reply","nfm_reply":{"name":"address_message","body":"Sent","response_json":"not json"}}"#,
            .form(name: "address_message", token: nil)
        ),
        (
            "interactive",
            #""interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"accept","is_permanent":false}}"#,
            .callPermission(isGranted: true)
        ),
        (
            "interactive",
            #""interactive":{"type":"call_permission_reply","call_permission_reply":{"response":"reject"}}"#,
            .callPermission(isGranted: false)
        ),
        ("interactive", #""errors":[{"code":131051}]"#, .unsupported("interactive")),
        (
            "order",
            #""order":{"catalog_id":"c","product_items":[{"product_retailer_id":"A","quantity":2,"item_price":15.99,"currency":"IDR"},{"product_retailer_id":"B","quantity":"1","item_price":"10","currency":"IDR"}]}"#,
            .order(items: 3, totalMicros: 41_980_000, currency: "IDR")
        ),
        (
            "reaction", #""reaction":{"message_id":"wamid.X","emoji":"\ud83d\udc4d"}"#,
            .reaction(to: "wamid.X", isRemoved: false)
        ),
        ("reaction", #""reaction":{"message_id":"wamid.X","emoji":""}"#, .reaction(to: "wamid.X", isRemoved: true)),
        ("reaction", #""reaction":{"message_id":"wamid.X"}"#, .reaction(to: "wamid.X", isRemoved: true)),
        (
            "edit", #""edit":{"original_message_id":"wamid.O","message":{"type":"text","text":{"body":"x"}}}"#,
            .edit(of: "wamid.O")
        ),
        ("revoke", #""revoke":{"original_message_id":"wamid.O"}"#, .revoke(of: "wamid.O")),
        (
            "unsupported", #""errors":[{"code":131051,"title":"Unsupported"}],"unsupported":{"type":"poll"}"#,
            .unsupported("poll")
        ),
        ("unknown", #""errors":[{"code":131051}]"#, .unsupported(nil)),
        ("request_welcome", #""x":1"#, .welcome),
        ("hologram", #""hologram":{"id":"1"}"#, .other),
    ]
    static let fixtures = kinds.map { Fixture.message(type: $0.0, $0.1) } + [advert, changedNumber, changedID, context]

    static let advert = Fixture.inbound(
        #"""
        {"from":"6281234567890","from_user_id":"ID.9f31c0AA77","id":"wamid.AD1","timestamp":"1763800100","type":"text","text":{"body":"Info dong"},
         "referral":{"source_url":"https://fb.me/abc","source_id":"120226305854810726","source_type":"ad","headline":"Chat kami",
          "body":"Promo 11.11","media_type":"image","image_url":"https://scontent.example/x","ctwa_clid":"Aff-n8","welcome_message":{"text":"Halo!"},"ref":"seq-3"}}
        """#)
    static let changedNumber = Fixture.inbound(
        #"""
        {"from":"6281234567890","from_user_id":"ID.9f31c0AA77","id":"wamid.S1","timestamp":"1763800200","type":"system",
         "system":{"body":"Sari changed from 6281234567890 to 6289999999999","type":"user_changed_number","wa_id":"6289999999999"}}
        """#, contacts: nil)
    static let changedID = Fixture.inbound(
        #"""
        {"from_user_id":"ID.old","id":"wamid.S2","timestamp":"1763800201","type":"system",
         "system":{"body":"-","type":"user_changed_user_id","user_id":"ID.new"}}
        """#, contacts: nil)
    static let context = Fixture.inbound(
        #"""
        {"from":"6281234567890","id":"wamid.C1","group_id":"GRP1","timestamp":"1763800300","type":"text","text":{"body":"ok"},
         "context":{"from":"6281100000000","id":"wamid.PREV","forwarded":true,"referred_product":{"catalog_id":"c","product_retailer_id":"sku-7"}}}
        """#)

    @Test(arguments: kinds.indices)
    func kind(_ index: Int) {
        let (type, rest, kind) = Self.kinds[index]
        let message = Fixture.message(type: type, rest).inboundMessage
        #expect(message?.kind == kind)
        #expect(message?.type == type)
        #expect(message?.sender == sari)
        #expect(message?.line == line)
        #expect(message?.at == at(1_763_800_500))
        #expect(message?.message == "wamid.IN1")
    }

    @Test func theAdIsNotTheClick() {
        #expect(
            Self.advert.inboundMessage?.referral
                == Referral(
                    sourceID: "120226305854810726", sourceType: "ad", sourceURL: "https://fb.me/abc",
                    headline: "Chat kami",
                    clickID: "Aff-n8", ref: "seq-3"))
    }

    @Test func contextGroupAndProduct() {
        let message = Self.context.inboundMessage
        #expect(message?.repliesTo == "wamid.PREV")
        #expect(message?.isForwarded == true)
        #expect(message?.group == "GRP1")
        #expect(message?.referredProduct == "sku-7")
        #expect(message?.sender == sari)
    }

    @Test func aChangedNumberTiesOldToNew() {
        #expect(Self.changedNumber.events.count == 2)
        #expect(Self.changedNumber.inboundMessage?.kind == .system("user_changed_number"))
        #expect(
            Self.changedNumber.events.last
                == .identity(
                    IdentityLink(
                        a: sari, b: Party(phone: "6289999999999"), reason: .changedNumber, at: at(1_763_800_200))))
    }

    @Test func aChangedIDTiesOldToNew() {
        #expect(
            Self.changedID.events.last
                == .identity(
                    IdentityLink(
                        a: Party(userID: "ID.old"), b: Party(userID: "ID.new"), reason: .changedUserID,
                        at: at(1_763_800_201))))
    }

    @Test func aMissingTypeIsGuessedFromItsObject() {
        let message = Fixture.inbound(#"{"from":"62811","id":"w","timestamp":"1","text":{"body":"x"}}"#).inboundMessage
        #expect(message?.type == "text")
        #expect(message?.kind == .content)
    }

    @Test func aHiddenNumberLeavesTheID() {
        let message = Fixture.inbound(
            #"{"from_user_id":"ID.7","from_parent_user_id":"ID.ENT.8","id":"w","timestamp":"1","type":"text","text":{}}"#,
            contacts: nil
        ).inboundMessage
        #expect(message?.sender == Party(userID: "ID.7", parentUserID: "ID.ENT.8"))
    }

    @Test func noWordsOfTheCustomerSurvive() {
        for fixture in Self.fixtures {
            let text = String(describing: fixture.events)
            for personal in ["Halo", "Info dong", "Sari", "Monas", "3171", "Budi", "a.pdf", "changed from"] {
                #expect(!text.contains(personal), "\(personal) in \(fixture.field)")
            }
        }
    }

    @Test func clicksValueErrorsAndSummaries() {
        let fixture = Fixture(
            "messages",
            #"""
            {\#(metadata),\#(contact),"user_actions":[{"action_type":"marketing_messages_link_click","timestamp":"1763801500",
              "marketing_messages_link_click_data":{"click_component":"cta","click_id":"abc","tracking_token":"tok","product_id":"sku1"}}],
             "errors":[{"code":130429,"title":"Rate limit hit","message":"Rate limit hit","error_data":{"details":"slow down"}}],
             "conversation_context":{"type":"summary","summary":{"text":"wants a refund"}}}
            """#)
        #expect(
            fixture.events == [
                .linkClick(
                    LinkClick(
                        line: line, at: at(1_763_801_500), component: "cta", clickID: "abc", trackingToken: "tok",
                        productID: "sku1")),
                .account(
                    AccountEvent(
                        field: "messages", account: account,
                        subject: .phoneNumber(id: "106540352242922", display: "6281100000000"), event: "error",
                        details: ["code": "130429", "title": "Rate limit hit", "error_data.details": "slow down"])),
                .account(
                    AccountEvent(
                        field: "messages", account: account, subject: .thread(sari), event: "conversation_context",
                        details: ["type": "summary"])),
            ])
    }
}
