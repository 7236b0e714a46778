import Domain

/// Whether the volume tiers of each price follow each other without gap or overlap, from the first message on.
enum RateTiers {
    /// A line with where it stands, to be named in a complaint.
    struct Line {
        var place: Text
        var entry: RateEntry

        init(place: Text, entry: RateEntry) {
            self.place = place
            self.entry = entry
        }

        init(place: String, entry: RateEntry) {
            self.init(place: Text(id: place, en: place), entry: entry)
        }
    }

    /// The first complaint in the order of the lines, without a full stop; nil when all is well.
    static func problem(_ lines: [Line]) -> Text? {
        let tiers = Dictionary(grouping: lines.indices) { lines[$0].entry.price }
        let problems = tiers.values.compactMap { indices in problem(lines, indices) }
        return problems.min { $0.index < $1.index }?.message
    }

    private static func problem(_ lines: [Line], _ indices: [Int]) -> (index: Int, message: Text)? {
        let ordered = indices.sorted { (lines[$0].entry.tierFrom, $0) < (lines[$1].entry.tierFrom, $1) }
        var end: Int64? = 0
        var last: Int?
        for index in ordered {
            let entry = lines[index].entry
            let name = "\(entry.market) \(entry.category) \(entry.effectiveFrom)"
            if let to = entry.tierTo, to <= entry.tierFrom {
                return (
                    index,
                    complaint(
                        lines[index], id: "tier_to harus di atas tier_from",
                        en: "tier_to must be above tier_from")
                )
            }
            if let last, lines[last].entry.tierFrom == entry.tierFrom {
                return (
                    index,
                    complaint(
                        lines[index], id: "harga \(name) disebut dua kali; pilih satu",
                        en: "the price of \(name) is named twice; keep one")
                )
            }
            guard entry.tierFrom == end else {
                let expected = end.map(String.init)
                return (
                    index,
                    complaint(
                        lines[index],
                        id: expected.map { "tier_from untuk \(name) harus \($0), akhir tingkat sebelumnya" }
                            ?? "tingkat sebelumnya untuk \(name) tidak berakhir; isi tier_to-nya",
                        en: expected.map { "tier_from of \(name) must be \($0), where the tier before ends" }
                            ?? "the tier before of \(name) has no end; fill in its tier_to")
                )
            }
            end = entry.tierTo
            last = index
        }
        guard let last, end != nil else { return nil }
        return (
            last,
            complaint(
                lines[last], id: "tingkat terakhir tidak boleh berakhir; kosongkan tier_to",
                en: "the last tier must have no end; leave tier_to empty")
        )
    }

    private static func complaint(_ line: Line, id: String, en: String) -> Text {
        Text(id: "\(line.place.id): \(id)", en: "\(line.place.en): \(en)")
    }
}
