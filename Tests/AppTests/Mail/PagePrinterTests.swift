import Alerts
import App
import Domain
import Testing

@Suite("Printing to PDF")
struct PagePrinterTests {
    @Test(
        "A page becomes a PDF", .enabled(if: PagePrinter() != nil, "Chromium is not on the path of this machine"))
    func pdf() async throws {
        let printer = try #require(PagePrinter())
        let content = DigestContent(
            period: .daily, business: "Toko", span: Text(id: "kemarin", en: "yesterday"), headlines: [],
            link: "https://pantau.example/digest")
        let bytes = try await printer.pdf(DigestPage.printable(content, .indonesian))
        #expect(bytes.starts(with: Array("%PDF-".utf8)) && bytes.count > 1000)
    }

    @Test("Where there is no Chromium there is no printer")
    func missing() {
        #expect(PagePrinter(path: "/nowhere:relative") == nil)
        #expect(PagePrinter(path: "") == nil)
    }
}
