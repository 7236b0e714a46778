import Domain
import Testing

@Suite("Country of a person")
struct CountryTests {
    @Test(
        "Calling codes of one, two and three digits",
        arguments: [
            ("6281234567890", "ID"), ("60123456789", "MY"), ("6591234567", "SG"), ("919812345678", "IN"),
            ("5511987654321", "BR"), ("551187654321", "BR"), ("5215512345678", "MX"), ("447911123456", "GB"),
            ("8613800138000", "CN"), ("85291234567", "HK"), ("85366123456", "MO"), ("886912345678", "TW"),
            ("2348012345678", "NG"), ("27821234567", "ZA"), ("201001234567", "EG"), ("211912345678", "SS"),
            ("971501234567", "AE"), ("966501234567", "SA"), ("67077212345", "TL"), ("6737123456", "BN"),
            ("905321234567", "TR"), ("35796123456", "CY"), ("38344123456", "XK"), ("4915112345678", "DE"),
        ])
    func callingCodes(phone: String, country: String) {
        #expect(Country.ofPhone(phone) == country)
    }

    @Test(
        "The numbering plan behind +1 splits by area code",
        arguments: [
            ("12125550123", "US"), ("14155550123", "US"), ("19075550123", "US"), ("18085550123", "US"),
            ("14165550123", "CA"), ("15145550123", "CA"), ("16045550123", "CA"), ("18675550123", "CA"),
            ("12425550123", "BS"), ("12465550123", "BB"), ("12645550123", "AI"), ("12685550123", "AG"),
            ("12845550123", "VG"), ("13405550123", "VI"), ("13455550123", "KY"), ("14415550123", "BM"),
            ("14735550123", "GD"), ("16495550123", "TC"), ("16585550123", "JM"), ("18765550123", "JM"),
            ("16645550123", "MS"), ("16705550123", "MP"), ("16715550123", "GU"), ("16845550123", "AS"),
            ("17215550123", "SX"), ("17585550123", "LC"), ("17675550123", "DM"), ("17845550123", "VC"),
            ("17875550123", "PR"), ("19395550123", "PR"), ("18095550123", "DO"), ("18295550123", "DO"),
            ("18495550123", "DO"), ("18685550123", "TT"), ("18695550123", "KN"),
        ])
    func northAmerica(phone: String, country: String) {
        #expect(Country.ofPhone(phone) == country)
    }

    @Test(
        "Codes that countries share",
        arguments: [
            ("77011234567", "KZ"), ("76001234567", "KZ"), ("79161234567", "RU"), ("74951234567", "RU"),
            ("441481123456", "GG"), ("441534123456", "JE"), ("441624123456", "IM"), ("442071234567", "GB"),
            ("212612345678", "MA"), ("262692123456", "RE"), ("262639123456", "YT"), ("590690123456", "GP"),
            ("59996123456", "CW"), ("5993181234", "BQ"), ("3906698123456", "VA"), ("393123456789", "IT"),
            ("35818123456", "AX"), ("358401234567", "FI"), ("672312345", "NF"), ("24741234", "SH"),
        ])
    func sharedCodes(phone: String, country: String) {
        #expect(Country.ofPhone(phone) == country)
    }

    @Test(
        "Numbers of nobody's country",
        arguments: [
            "", "0812345678", "+6281234567890", "999123456", "881612345678", "883123456789", "80012345678", "2",
            "halo", " 62", "٦٢٨١٢٣",
        ])
    func nobody(phone: String) {
        #expect(Country.ofPhone(phone) == nil)
    }

    @Test("The prefix of a user id names the country")
    func userID() {
        #expect(Country.ofUserID("ID.9f31c0AA77") == "ID")
        #expect(Country.ofUserID("BR.ENT.77abc") == "BR")
        #expect(Country.ofUserID("ZW.1") == "ZW")
        for junk in ["", "ID", "ID9f31", "id.9f31", "XX.9f31", "I.9f31", ".ID", "IDN.9f31", "62812.", "éD.1"] {
            #expect(Country.ofUserID(junk) == nil, "\(junk)")
        }
    }

    @Test("Names in both languages")
    func names() {
        #expect(Country(code: "ID").name == Text(id: "Indonesia", en: "Indonesia"))
        #expect(Country(code: "DE").name == Text(id: "Jerman", en: "Germany"))
        #expect(Country(code: "US").name == Text(id: "Amerika Serikat", en: "United States"))
        #expect(Country(code: "QQ").name == Text(id: "QQ", en: "QQ"))
        #expect(Country(code: "ID").isKnown)
        #expect(!Country(code: "QQ").isKnown)
    }

    @Test("The list is ISO's 249 and Kosovo, each once and named")
    func list() {
        #expect(Country.all.count == 250)
        #expect(Set(Country.all.map(\.code)).count == 250)
        for country in Country.all {
            let letters = country.code.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
            #expect(country.code.utf8.count == 2 && letters, "\(country.code)")
            #expect(!country.name.id.isEmpty && !country.name.en.isEmpty, "\(country.code)")
            #expect(Country.ofUserID(country.code + ".1") == country.code)
        }
    }

    @Test("Every calling code of the markets that Meta prices resolves")
    func pricedMarkets() {
        let markets = [
            "AR": "54", "BR": "55", "CL": "56", "CO": "57", "EG": "20", "FR": "33", "DE": "49", "IN": "91", "ID": "62",
            "IL": "972", "IT": "39", "MY": "60", "MX": "52", "NL": "31", "NG": "234", "PK": "92", "PE": "51", "RU": "7",
            "SA": "966", "ZA": "27", "ES": "34", "TR": "90", "AE": "971", "GB": "44", "HK": "852", "HU": "36",
            "PL": "48", "QA": "974", "RO": "40", "SG": "65", "BD": "880", "IQ": "964", "KW": "965", "MA": "212",
            "NP": "977", "OM": "968", "LK": "94", "UA": "380",
        ]
        for (country, code) in markets { #expect(Country.ofPhone(code) == country) }
    }
}
