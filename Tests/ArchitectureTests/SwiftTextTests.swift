import Testing

/// The rules are only as good as the reading: these are the ways to fool it.
@Suite("Reading Swift source")
struct SwiftTextTests {
    private func code(_ source: String) -> String { String(decoding: SwiftText(source).code, as: UTF8.self) }

    @Test("Comments are blanked, nested ones too")
    func comments() {
        #expect(code("a // b\nc") == "a     \nc")
        #expect(code("a /* b /* c */ d */ e") == "a                   e")
    }

    @Test("Literals keep their quotes and lose their insides")
    func literals() {
        #expect(code(#"f("x!", y)"#) == #"f("  ", y)"#)
        #expect(code(#"f("a\"b", y)"#) == #"f("    ", y)"#)
        #expect(code("f(#\"a\"b\"#, y)") == "f(#\"   \"#, y)")
        #expect(code("\"\"\"\na\"b\n\"\"\" + c") == "\"\"\"\n   \n\"\"\" + c")
        #expect(code(#""// no" + d"#) == #""     " + d"#)
    }

    @Test("Code inside an interpolation is code, with literals of its own")
    func interpolation() {
        #expect(code(#""n \(f("x", (1))) m" + z"#) == #""   (f(" ", (1)))  " + z"#)
        #expect(SwiftText(#"let a = "\(b!)""#).occurrences(of: "b").count == 1)
        #expect(forceUnwraps(in: SwiftText(#"let a = "\(b!)""#)).count == 1)
    }

    @Test("Words are found whole")
    func words() {
        #expect(SwiftText("actor A; let actors = 1; factor()").occurrences(of: "actor") == [0])
        #expect(SwiftText("myprint(1); print(2)").occurrences(of: "print(") == [12])
    }

    @Test("Force unwraps are told from negation and comparison")
    func unwraps() {
        #expect(forceUnwraps(in: SwiftText("a! + b()! + c[0]!")).count == 3)
        #expect(forceUnwraps(in: SwiftText("!a && b != c && d!=e && (!f) // g!")).isEmpty)
        #expect(forceUnwraps(in: SwiftText("try! a; b as! C")).isEmpty)
    }

    @Test("Lengths of functions, without requirements of protocols")
    func functions() {
        let source = """
            protocol P {
                func a(x: () -> Void)
                init()
                func b() -> Int
            }
            struct S {
                init() {
                    self.init(1)
                }
                func c(
                    x: Int = { 1 }()
                ) -> [Int] {
                    [x]
                }
            }
            """
        let found = functionBodies(of: SwiftText(source)).map { [$0.line, $0.lines] }.sorted { $0[0] < $1[0] }
        #expect(found == [[7, 3], [10, 5]])
    }

    @Test("Pairs of literals are read across lines and joins")
    func pairs() {
        let source = #"""
            Text(id: "satu", en: "one"); Failure(.x, id: "a \(n("q"))" + "b", en: "c")
            Text(
                id: "tiga",
                en: "three"
            ); Metric(id: "messages", name: n); Text(id: x, en: y)
            """#
        let pairs = literalPairs(in: SwiftText(source)).map { [$0.id, $0.en] }
        #expect(pairs == [["satu", "one"], [#"a \(n("q"))b"#, "c"], ["tiga", "three"]])
        #expect(TranslationTests.isShared(#"WhatsApp \(f("x")) p90: 5"#))
        #expect(!TranslationTests.isShared("Delivery"))
    }

    @Test("The manifest's arrows are read")
    func manifest() {
        let source = """
            module("A"), module("B", on: ["A"], products: [x]),
            module(
                "C",
                on: [
                    "A", "B",
                ],
                products: [y]
            )
            """
        #expect(ImportTests.declaredArrows(in: source) == ["A": [], "B": ["A"], "C": ["A", "B"]])
    }
}
