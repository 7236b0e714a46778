import Domain
import Testing

@Suite("biz_opaque_callback_data")
struct CallbackDataTests {
    @Test func theJSONObjectOfTheContract() {
        let text =
            #"{"uc":"broadcast","c":"11.11","by":"bot","a":"agent-7","v":"B","t":"promo_11_11","tm":"cs-1","l":"id","k":"MARKETING","shop":7}"#
        #expect(
            SendTags(callbackData: text)
                == SendTags(
                    template: "promo_11_11", templateLanguage: "id", category: "marketing", useCase: "broadcast",
                    campaign: "11.11", variant: "B", senderKind: .bot, agent: "agent-7", team: "cs-1",
                    other: ["shop": "7"]))
    }

    @Test func longNamesMeanTheSame() {
        let text =
            #"{"use_case":"notification","campaign":"c","sender":"human","agent":"a","variant":"v","template":"t","team":"m","language":"en","category":"utility"}"#
        #expect(
            SendTags(callbackData: text)
                == SendTags(
                    template: "t", templateLanguage: "en", category: "utility", useCase: "notification", campaign: "c",
                    variant: "v", senderKind: .human, agent: "a", team: "m"))
    }

    @Test(arguments: [
        ("cmp=42;v=1", SendTags(campaign: "42", variant: "1")),
        ("campaign=ramadan%20sale&variant=B+1", SendTags(campaign: "ramadan sale", variant: "B 1")),
        ("c=a;shop=9", SendTags(campaign: "a", other: ["shop": "9"])),
        ("by=robot;c=a", SendTags(campaign: "a", other: ["by": "robot"])),
        ("promo-november", SendTags(campaign: "promo-november")),
        ("YWJjZA==", SendTags(campaign: "YWJjZA==")), ("YWJjZGU=", SendTags(campaign: "YWJjZGU=")),
        ("{broken", SendTags(campaign: "{broken")), ("a=1;plain", SendTags(campaign: "a=1;plain")),
        ("  spaced ", SendTags(campaign: "spaced")),
    ])
    func otherShapes(_ text: String, _ expected: SendTags) {
        #expect(SendTags(callbackData: text) == expected)
    }

    @Test(arguments: ["", "   ", "{}"])
    func nothing(_ text: String) { #expect(SendTags(callbackData: text) == nil) }

    @Test func longTextIsCutBetweenCharacters() {
        // 255 bytes and a two-byte letter: the letter does not fit into 256.
        let text = String(repeating: "x", count: 255) + "éé"
        #expect(SendTags(callbackData: text)?.campaign == String(repeating: "x", count: 255))
    }

    @Test func extraKeysAreLimited() {
        let text = (0..<100).map { "k\($0)=1" }.joined(separator: ";")
        #expect(SendTags(callbackData: text)?.other.count == 32)
    }
}
