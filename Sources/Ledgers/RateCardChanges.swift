import Domain

extension RateCard {
    /// One change of what Meta charges or how, for display: the prices before July 2026 are not known here.
    package struct Change: Hashable, Sendable {
        package var effectiveFrom: LocalDate
        package var what: Text
        /// Who says so.
        package var source: String
    }

    /// Changes known since Meta began to charge per message, oldest first.
    package static let changes: [Change] = [
        change(
            "2025-07-01",
            "Harga per percakapan 24 jam diganti harga per pesan terkirim; utility di dalam jendela gratis; "
                + "tingkat volume untuk utility dan authentication.",
            "Prices per delivered message replace prices per 24-hour conversation; utility is free inside the window; "
                + "volume tiers for utility and authentication.", metaPricing),
        change(
            "2025-10-01",
            "Marketing naik di Uni Emirat Arab dan turun di Meksiko; utility dan authentication naik di "
                + "Kolombia dan turun di Arab Saudi, Argentina, dan Mesir; Zimbabwe masuk Rest of Africa.",
            "Marketing up in the United Arab Emirates and down in Mexico; utility and authentication up in Colombia "
                + "and down in Saudi Arabia, Argentina and Egypt; Zimbabwe joins Rest of Africa.", metaPricing),
        change(
            "2026-01-01",
            "Marketing turun di Prancis dan Mesir, naik di India; utility dan authentication turun di "
                + "North America; penagihan dalam MXN dan penagihan lokal India.",
            "Marketing down in France and Egypt, up in India; utility and authentication down in North America; "
                + "billing in MXN and local billing in India.", metaPricing),
        change(
            "2026-04-01",
            "Marketing naik di India dan Arab Saudi; utility dan authentication naik sekitar 85 % di "
                + "Pakistan; Turki turun jauh; mata uang baru AED, ARS, CLP, COP, MYR, PEN, SAR, SGD.",
            "Marketing up in India and Saudi Arabia; utility and authentication up about 85 % in Pakistan; Turkey "
                + "down by much; new currencies AED, ARS, CLP, COP, MYR, PEN, SAR, SGD.",
            "Meta, Pricing (30 March 2026); typebot.io, pull request 2537"),
        change(
            "2026-07-01",
            "Marketing naik di Italia, Spanyol, dan Inggris Raya; utility dan authentication naik di Hong "
                + "Kong, Hungaria, Qatar, Rumania, dan Singapura, turun di Polandia; keenamnya menjadi pasar sendiri; "
                + "penagihan dalam BRL.",
            "Marketing up in Italy, Spain and the United Kingdom; utility and authentication up in Hong Kong, Hungary, "
                + "Qatar, Romania and Singapore, down in Poland; these six become markets of their own; billing in "
                + "BRL.",
            "Meta, Pricing (30 March 2026); typebot.io, pull request 2537"),
        change(
            "2026-08-01", "Jawaban Meta Business Agent ditagih per token; biaya itu tidak ada di sini.",
            "Replies of the Meta Business Agent are billed by token; that cost is not counted here.",
            "ycloud.com (2 July 2026)"),
        change(
            "2026-10-01",
            "Pesan service ditagih per pesan terkirim setelah 1.000 gratis per nomor dan bulan; templat "
                + "utility di dalam jendela ditagih lagi; sembilan pasar baru: Bangladesh, Irak, Kazakhstan, Kuwait, "
                + "Maroko, Nepal, Oman, Sri Lanka, Ukraina.",
            "Service messages are charged per delivered message after 1,000 free ones per number and month; utility "
                + "templates inside the window are charged again; nine new markets: Bangladesh, Iraq, Kazakhstan, "
                + "Kuwait, Morocco, Nepal, Oman, Sri Lanka, Ukraine.",
            "Meta, rate card of 1 October 2026; chakrahq.com; ycloud.com"),
        change(
            "2027-01-01", "Bisnis di India yang akunnya belum ditagih dalam INR tidak dapat mengirim lagi.",
            "Businesses in India whose accounts are not billed in INR yet can no longer send.",
            "Meta, Pricing (30 March 2026)"),
    ].compactMap { $0 }

    private static let metaPricing = "Meta, Pricing on the WhatsApp Business Platform"

    private static func change(_ day: String, _ id: String, _ en: String, _ source: String) -> Change? {
        LocalDate(day).map { Change(effectiveFrom: $0, what: Text(id: id, en: en), source: source) }
    }
}
