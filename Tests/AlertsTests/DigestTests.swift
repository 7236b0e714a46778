import Alerts
import Domain
import Testing

func digest(_ period: DigestPeriod = .daily) -> DigestContent {
    let headline = DigestHeadline(
        name: Text(id: "Terkirim sampai", en: "Delivered"), value: Text(id: "93,4 %", en: "93.4 %"),
        change: Text(id: "turun 1,2 poin", en: "down 1.2 points"), direction: .worse,
        outcome: Text(id: "128 pembelian", en: "128 purchases"), caution: Text(id: "Sampel kecil", en: "Small sample"),
        link: "\(base)/delivery")
    return DigestContent(
        period: period, business: "Toko <Maju> & Co",
        span: Text(id: "Senin, 23 November 2026", en: "Monday, 23 November 2026"),
        headlines: Array(repeating: headline, count: 5),
        opened: [
            DigestFinding(
                severity: .urgent, title: Text(id: "Promo <b> turun", en: "Promo <b> fell"), link: "\(base)/findings/1")
        ],
        resolved: [
            DigestFinding(severity: .note, title: Text(id: "Bot pulih", en: "Bot is back"), link: "javascript:alert(1)")
        ],
        wasted: DigestMoney(
            amount: Text(id: "Rp1.250.000", en: "IDR 1,250,000"),
            reason: Text(id: "pesan tanpa hasil", en: "messages without result")),
        waits: DigestWaits(count: 7, longest: Text(id: "3 jam", en: "3 hours"), link: "\(base)/service"),
        actions: [DigestAction(sentence: Text(id: "Jeda promo_11_11.", en: "Pause promo_11_11."))],
        notes: [Text(id: "Data hari ini belum lengkap.", en: "Today's data are not complete.")], link: "\(base)/digest")
}

@Suite("Digests")
struct DigestTests {
    @Test("All that it tells is in the letter, the text and the page, in both languages", arguments: Language.allCases)
    func content(language: Language) {
        let content = digest()
        let texts = [
            DigestText.plain(content, language), LetterHTML.digest(content, language),
            DigestPage.fragment(content, language),
        ]
        let told = [
            content.headlines[0].name, content.headlines[0].value, content.headlines[0].outcome,
            content.resolved[0].title,
            content.wasted?.amount, content.actions[0].sentence, content.notes[0], content.headlines[0].caution,
            content.headlines[0].change,
        ]
        for text in texts {
            for sentence in told {
                #expect(
                    sentence.map {
                        text.contains($0(language).replacing("'", with: "&#39;")) || text.contains($0(language))
                    } == true)
            }
            #expect(text.contains("7"))
        }
        let other: Language = language == .indonesian ? .english : .indonesian
        for text in texts { #expect(!text.contains(content.actions[0].sentence(other))) }
    }

    @Test("What people named cannot become mark-up, nor a link run")
    func escaping() {
        for html in [LetterHTML.digest(digest(), .indonesian), DigestPage.fragment(digest(), .indonesian)] {
            #expect(html.contains("Promo &lt;b&gt; turun"))
            #expect(!html.contains("Promo <b>"))
            #expect(!html.contains("javascript:"))
            #expect(html.contains("Bot pulih"))
        }
        #expect(LetterHTML.digest(digest(), .indonesian).contains("Toko &lt;Maju&gt; &amp; Co"))
    }

    @Test("The page has no inline style and no script; the letter loads nothing")
    func policy() {
        let page = DigestPage.fragment(digest(), .english)
        #expect(!page.contains("style=") && !page.contains("<script"))
        let letter = LetterHTML.digest(digest(), .english)
        #expect(!letter.contains("<script") && !letter.contains("<img") && !letter.contains("src="))
        #expect(letter.contains("prefers-color-scheme: dark"))
        #expect(letter.contains("<html lang=\"en\">"))
    }

    @Test("An empty day says so")
    func empty() {
        let content = DigestContent(
            period: .weekly, business: "", span: Text(id: "pekan ini", en: "this week"), headlines: [], link: "")
        let text = DigestText.plain(content, .indonesian)
        #expect(text.contains("Tidak ada temuan baru.") && text.contains("Tidak ada yang perlu dilakukan hari ini."))
        #expect(text.hasPrefix("Rangkuman mingguan: pekan ini"))
        #expect(!LetterHTML.digest(content, .english).contains("href=\"\""))
    }
}
