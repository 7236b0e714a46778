import Domain
import Testing

@Suite("Text, identifiers and failures")
struct VocabularyTests {
    @Test("A text answers in the language asked for")
    func textByLanguage() {
        let text = Text(id: "Terkirim", en: "Sent")
        #expect(text(.indonesian) == "Terkirim")
        #expect(text(.english) == "Sent")
    }

    @Test("Languages are spelt as in the settings and the URL")
    func languageCodes() {
        #expect(Language(rawValue: "id") == .indonesian)
        #expect(Language(rawValue: "en") == .english)
        #expect(Language(rawValue: "ID") == nil)
        #expect(Language.allCases.count == 2)
    }

    @Test("An identifier keeps what came, character by character")
    func identifierIsOpaque() {
        let id: MessageID = "wamid.HBgN+/=="
        #expect(id.value == "wamid.HBgN+/==")
        #expect("\(id)" == "wamid.HBgN+/==")
        // Beyond 2^53, where a Double would lose the last digits.
        #expect(TemplateID("9007199254740993") != TemplateID("9007199254740992"))
        #expect(MessageID("a") < MessageID("b"))
        #expect(Set([MessageID("a"), "a", "b"]).count == 2)
    }

    @Test("A failure speaks both languages and describes itself in English")
    func failure() {
        let failure = Failure(.tooLarge, id: "Isi terlalu besar.", en: "The body is too large.")
        #expect(failure.message(.indonesian) == "Isi terlalu besar.")
        #expect("\(failure)" == "The body is too large.")
        #expect(failure.code == .tooLarge)
    }

    @Test("Delivery words are read in any case, and unknown ones are kept as they came")
    func deliveryWords() {
        #expect(DeliveryStatus("READ") == .read)
        #expect(DeliveryStatus("played") == .played)
        #expect(DeliveryStatus("Warp").word == "Warp")
        for word in ["sent", "delivered", "read", "played", "failed"] {
            #expect(DeliveryStatus(word).word == word)
        }
    }

    @Test("A party without any name is anonymous")
    func anonymousParty() {
        #expect(Party().isAnonymous)
        #expect(!Party(phone: "6281234567890").isAnonymous)
        #expect(!Party(userID: "ID.9f31c0AA77").isAnonymous)
        #expect(!Party(parentUserID: "ID.ENT.77").isAnonymous)
    }

    @Test("Delivery sources keep the numbers they have in the inbox file")
    func deliverySources() {
        #expect(DeliverySource(rawValue: 1) == .metaWebhook)
        #expect(DeliverySource(rawValue: 2) == .sendLog)
        #expect(DeliverySource(rawValue: 0) == nil)
    }
}
