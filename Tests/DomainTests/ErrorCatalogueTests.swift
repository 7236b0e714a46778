import Testing

@testable import Domain

@Suite("Meta's error codes")
struct ErrorCatalogueTests {
    /// Every code that Meta or its trackers document, by hand.
    static let documented: [Int] =
        [0, 1, 2, 3, 4, 10, 33, 100, 190, 368, 613, 2046, 2047, 80007, 80008]
        + [130403, 130429, 130472, 130497, 130501]
        + [131000, 131005, 131008, 131009, 131016, 131020, 131021, 131026, 131030, 131031, 131037, 131041, 131042]
        + [131044, 131045, 131047, 131048, 131049, 131050, 131051, 131052, 131053, 131055, 131056, 131057, 131058]
        + [131059, 131060, 131061, 131062, 131063, 131064]
        + [131201, 131202, 131203, 131204, 131207, 131208] + Array(131209...131215)
        + [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068, 132069]
        + [133000, 133004, 133005, 133006, 133008, 133009, 133010, 133015, 133016]
        + [134011, 134100, 134101, 134102, 135000, 136024, 137000]
        + [138000, 138001, 138002, 138003, 138004, 138005, 138006, 138007, 138009, 138012, 138013, 138014, 138015]
        + Array(138017...138025) + Array(139000...139004) + Array(139100...139103) + [141002]
        + Array(147001...147005) + Array(200005...200007) + [1_752_041]
        + [2_388_001, 2_388_012, 2_388_019, 2_388_040, 2_388_047, 2_388_072, 2_388_073, 2_388_091, 2_388_093]
        + [2_388_103, 2_388_293, 2_388_299, 2_494_055, 2_494_100]
        + Array(2_494_164...2_494_168) + [2_494_176, 2_494_177, 2_494_179] + Array(2_593_107...2_593_109)

    @Test("The catalogue holds every documented code, and each once")
    func complete() {
        #expect(ErrorCatalogue.all.map(\.code) == Self.documented.sorted())
        let codes = ErrorCatalogue.entries.flatMap(\.codes)
        #expect(codes.count == Set(codes).count)
    }

    @Test("Every entry is short and actionable in both languages")
    func words() {
        for error in ErrorCatalogue.all {
            for text in [error.title, error.cause, error.remedy] {
                #expect(!text.id.isEmpty && !text.en.isEmpty, "\(error.code)")
                #expect(text.id != text.en, "\(error.code)")
                #expect(text.id.count <= 220 && text.en.count <= 220, "\(error.code)")
            }
            #expect(error.title.id.count <= 45 && error.title.en.count <= 45, "\(error.code)")
            for sentence in [error.cause.id, error.cause.en, error.remedy.id, error.remedy.en] {
                #expect(sentence.hasSuffix("."), "\(error.code)")
            }
            #expect(error.errorClass != .unknown && error.isKnown)
        }
    }

    @Test("Ranges answer for codes without an entry of their own")
    func ranges() {
        for code in [200, 210, 299] {
            #expect(ErrorCatalogue[code].errorClass == .auth)
            #expect(ErrorCatalogue[code].code == code)
        }
        for code in [138008, 138010, 138016] { #expect(ErrorCatalogue[code].errorClass == .call) }
        #expect(ErrorCatalogue[138006].title != ErrorCatalogue[138016].title)
        #expect(ErrorCatalogue[200005].errorClass == .config)
    }

    @Test("Unknown codes are named as unknown", arguments: [Int.min, -1, 5, 199, 300, 131999, 138026, Int.max])
    func unknown(code: Int) {
        let error = ErrorCatalogue[code]
        #expect(error.code == code)
        #expect(error.errorClass == .unknown)
        #expect(!error.isKnown)
        #expect(error.dashboardGroup == .other)
    }

    @Test("Codes that decide what a campaign does next")
    func decisions() {
        #expect(ErrorCatalogue[131026].errorClass == .recipient)
        #expect(ErrorCatalogue[131049].errorClass.rawValue == "freqcap")
        #expect(ErrorCatalogue[131050].errorClass.rawValue == "optout")
        #expect(ErrorCatalogue[131063].errorClass.rawValue == "mm")
        #expect(ErrorCatalogue[131047].errorClass == .window)
        #expect(ErrorCatalogue[131042].owner == .businessOwner)
        // Retrying a capped or unsubscribed person only harms; retrying a rate limit is the cure.
        #expect(!ErrorCatalogue[131049].isTransient)
        #expect(ErrorCatalogue[131049].isRecoverable)
        #expect(!ErrorCatalogue[131050].isRecoverable)
        #expect(!ErrorCatalogue[130472].isRecoverable)
        #expect(!ErrorCatalogue[131048].isTransient)
        #expect(ErrorCatalogue[131056].isTransient && ErrorCatalogue[131056].isRecoverable)
    }

    @Test(
        "Groups of the page of failures",
        arguments: [
            (ErrorGroup.badNumber, [131026]),
            (.cap, [131049, 130472]),
            (.optOut, [131050, 130403]),
            (.quality, [131048, 131064, 132015, 132016, 132007, 368, 131031, 130497]),
            (.billing, [131042, 131044]),
            (.transient, [1, 2, 131000, 131016, 131057, 133004, 130429, 131056]),
            (.setup, [0, 190, 250, 131005, 133010, 132000, 132001, 132012, 100, 131008]),
            (.window, [131047]),
            (.other, [138000, 131053, 137000]),
        ])
    func groups(group: ErrorGroup, codes: [Int]) {
        for code in codes { #expect(ErrorCatalogue[code].dashboardGroup == group, "\(code)") }
    }

    @Test("Every class, owner and group has a name in both languages")
    func names() {
        let names = ErrorClass.allCases.map(\.name) + Owner.allCases.map(\.name) + ErrorGroup.allCases.map(\.name)
        for name in names { #expect(!name.id.isEmpty && !name.en.isEmpty && name.id != name.en) }
    }
}
