import Catalogue
import Insights
import Testing

@Suite("Segments")
struct SegmentTests {
    @Test("The order in which it is told does not matter")
    func order() {
        let a = Segment([.template: "promo", .country: "ID"])
        let b = Segment([.country: "ID", .template: "promo"])
        #expect(a == b)
        #expect(a.key == "country=ID&template=promo")
        #expect(a.hashValue == b.hashValue)
    }

    @Test("A key is read back as it was", arguments: ["", "campaign!", "campaign=11.11 50%25%26%3D!", "agent=Ä"])
    func keys(key: String) throws {
        let segment = try #require(Segment(key: key))
        #expect(Segment(key: segment.key) == segment)
    }

    @Test("Values with signs of their own survive")
    func escaping() {
        let segment = Segment([.campaign: "a=b&c!%", .template: nil])
        #expect(Segment(key: segment.key) == segment)
        #expect(Segment(filters: segment.filters) == segment)
        #expect(Segment(key: "nonsense=1") == nil)
        #expect(Segment(key: "template") == nil)
    }

    @Test("What lies in what")
    func covering() {
        let wide = Segment([.country: "MY"])
        let narrow = Segment([.country: "MY", .template: "shipping_update"])
        #expect(wide.covers(narrow) && !narrow.covers(wide))
        #expect(Segment.everything.covers(wide))
        #expect(narrow.without(.template) == wide)
        #expect(narrow[.template] == .some("shipping_update") && wide[.template] == .none)
    }
}
