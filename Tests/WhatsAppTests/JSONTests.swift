import Domain
import Testing

@Suite("the JSON reader and writer")
struct JSONTests {
    @Test(arguments: [
        "{}", "[]", " [ 1 , 2 ] ", "0", "-0", "1.5e-3", "1E+2", #""""#, #""\u00e9\n\"\\\/""#, "true", "null",
        #"{"a":{"b":[{},[],null]}}"#, "\u{FEFF}{}",
    ])
    func valid(_ text: String) throws { _ = try JSON.parse(text) }

    @Test(arguments: [
        "", " ", "{", "}", "[1,]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", "01", "-", "+1", "1.", ".5",
        "1e",
        "tru", "nul", "True", #""abc"#, #""\x""#, #""\u12g4""#, #""\u12""#, "\"\u{1}\"", "[1 2]", "1 2", "{}{}", "[}",
        "NaN",
        "'a'", #"{"a":1 "b":2}"#, "[1,,2]", #""\"#, "--1", "1e+",
    ])
    func invalid(_ text: String) { #expect(throws: JSONError.self) { try JSON.parse(text) } }

    @Test func depthEndsAtTheLimit() throws {
        let limit = Limits.jsonDepthMax
        _ = try JSON.parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
        #expect(throws: JSONError.tooDeep(offset: limit)) {
            try JSON.parse(String(repeating: "[", count: limit + 1) + String(repeating: "]", count: limit + 1))
        }
    }

    @Test func offsetsOfErrors() {
        #expect(throws: JSONError.syntax(offset: 5)) { try JSON.parse(#"{"a":x}"#) }
        #expect(throws: JSONError.syntax(offset: 3)) { try JSON.parse("[1,") }
    }

    @Test func membersElementsAndKeys() throws {
        let root = try JSON.parse(#"{"a":[1,[2,3],{"x":4}],"b":{"c":"d"},"a":9,"n":null,"\u0065sc":5}"#)
        #expect(root.keys == ["a", "b", "a", "n", "esc"])
        // The first of two keys wins; null is as good as absent.
        #expect(root["a"]?.elements.map(\.kind) == [.number, .array, .object])
        #expect(root["a"]?.elements.count == 3)
        #expect(root["b"]?["c"]?.string == "d")
        #expect(root["n"] == nil)
        #expect(root["esc"]?.int64 == 5)
        #expect(root.member(named: "b")?.isObject == true)
        #expect(root["zz"] == nil)
        #expect(root["b"]?["c"]?["deeper"] == nil)
        #expect(root["b"]?.elements.isEmpty == true)
        #expect(root["a"]?.elements.first?.int64 == 1)
    }

    @Test func keysMayHoldCommasQuotesAndNothing() throws {
        let root = try JSON.parse(#"{"":1,"a\"b":2,"{}":3}"#)
        #expect(root[""]?.int64 == 1)
        #expect(root["a\"b"]?.int64 == 2)
        #expect(root["{}"]?.int64 == 3)
    }

    @Test(arguments: [
        (#""\u00e9""#, "é"), (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"), (#""a\/b\tc""#, "a/b\tc"),
        (#""\b\f\r\n""#, "\u{8}\u{C}\r\n"), ("12.50", "12.50"), ("true", "true"), (#""\u0000""#, "\0"),
        (
            #""plain text that is longer than sixteen bytes \\ and goes on""#,
            #"plain text that is longer than sixteen bytes \ and goes on"#
        ),
    ])
    func strings(_ json: String, _ expected: String) throws { #expect(try JSON.parse(json).string == expected) }

    @Test func brokenUTF8IsRepaired() throws {
        #expect(try JSON.parse([0x22, 0x61, 0xFF, 0x62, 0x22]).string == "a\u{FFFD}b")
        #expect(try JSON.parse([0x22, 0x5C, 0x6E, 0xC3, 0x22]).string == "\n\u{FFFD}")
    }

    @Test(arguments: [
        ("12", 12), (#""12""#, 12), ("12.0", 12), ("1e3", 1000), (#""1e3""#, 1000), ("-7", -7), ("1.5", nil),
        ("9223372036854775807", Int64.max), ("9223372036854775808", nil), ("-9223372036854775808", Int64.min),
        ("1e30", nil), (#""""#, nil), (#""abc""#, nil), (#""-""#, nil), ("true", nil), ("null", nil), ("[1]", nil),
        (#""0x10""#, nil), (#""nan""#, nil), ("1689556908129832", 1_689_556_908_129_832), (#""007""#, 7),
    ])
    func wholeNumbers(_ json: String, _ expected: Int64?) throws { #expect(try JSON.parse(json).int64 == expected) }

    @Test(arguments: [
        ("1.5", 1.5), (#""2.25""#, 2.25), ("-1e2", -100), ("1e999", nil), (#""inf""#, nil), (#""nan""#, nil),
        ("true", nil),
    ])
    func fractions(_ json: String, _ expected: Double?) throws { #expect(try JSON.parse(json).double == expected) }

    @Test(arguments: [
        ("true", true), ("false", false), (#""true""#, true), (#""FALSE""#, false), ("1", true), (#""1""#, true),
        ("0", false), ("2", nil), (#""yes""#, nil), ("null", nil), ("{}", nil),
    ])
    func booleans(_ json: String, _ expected: Bool?) throws { #expect(try JSON.parse(json).bool == expected) }

    @Test func comparingWithoutMakingAString() throws {
        let root = try JSON.parse(#"["sent","s\u0065nt","sen","sents",7]"#)
        #expect(root.elements.map { $0.equals("sent") } == [true, true, false, false, false])
    }

    @Test func theEightByteScanStopsAtTheRightByte() throws {
        // Quote, backslash and control character at every offset of a word.
        for length in 0..<40 {
            let text = String(repeating: "é", count: length / 2) + String(repeating: "x", count: length)
            #expect(try JSON.parse("\"\(text)\"").string == text)
            #expect(try JSON.parse("\"\(text)\\n\(text)\"").string == "\(text)\n\(text)")
            #expect(throws: JSONError.self) { try JSON.parse("\"\(text)\u{1F}\(text)\"") }
        }
    }

    @Test func writingKeepsOrderAndEscapes() {
        var writer = JSONWriter()
        writer.object {
            $0.member("b", "q\"\\\n\r\t\u{1}é")
            $0.member("a", 1.5)
            $0.member("whole", 3.0)
            $0.member("none", Double.nan)
            $0.member("flag", true)
            $0.member("absent", nil as String?)
            $0.member(
                "list",
                array: { list in
                    list.number(1)
                    list.string("x")
                    list.object { _ in }
                    list.array { _ in }
                })
            $0.member("inner", object: { $0.member("min", Int64.min) })
        }
        #expect(
            writer.text
                == #"{"b":"q\"\\\n\r\t\u0001é","a":1.5,"whole":3,"none":null,"flag":true,"absent":null,"list":[1,"x",{},[]],"inner":{"min":-9223372036854775808}}"#
        )
    }

    @Test func whatIsWrittenReadsBack() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let scalars = (0..<Int.random(in: 0..<30, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0..<0x11_0000, using: &random))
            }
            let text = String(String.UnicodeScalarView(scalars))
            let number = Double(bitPattern: random.next())
            var writer = JSONWriter()
            writer.array {
                $0.string(text)
                $0.number(number)
            }
            let elements = Array(try JSON.parse(writer.bytes).elements)
            #expect(elements.first.flatMap(\.string).map { Array($0.utf8) } == Array(text.utf8))
            if number.isFinite {
                #expect(elements.last?.double == number)
            } else {
                #expect(elements.last?.isNull == true)
            }
        }
    }

    @Test func aValueIsCopiedAsItCame() throws {
        var writer = JSONWriter()
        let root = try JSON.parse(#"{"a": [1, "x\n"] , "s":"é"}"#)
        writer.array { list in for (_, value) in root.members { list.value(value) } }
        #expect(writer.text == #"[[1, "x\n"],"é"]"#)
    }
}
