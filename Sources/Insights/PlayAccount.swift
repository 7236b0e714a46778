import Catalogue
import Domain

extension Playbook {
    /// Meta paused or disabled a template.
    package static func paused(_ segment: Segment, word: String, at: Instant) -> Play {
        let place = segment.words
        let isOff = word != "PAUSED"
        return Play(
            severity: .critical,
            title: isOff
                ? Text(id: "Meta menonaktifkan \(place.id)", en: "Meta disabled \(place.en)")
                : Text(id: "Meta menjeda \(place.id)", en: "Meta paused \(place.en)"),
            causes: [
                Cause(
                    kind: .mark,
                    text: Text(
                        id: "Penerima sering memblokir atau melaporkan templat ini, jadi mutunya dinilai rendah.",
                        en: "Recipients block or report this template often, so its quality is rated low."),
                    segment: segment, share: 1, at: at)
            ],
            impact: Impact(
                text: Text(
                    id: "Selama ini berlaku, semua kirimannya ditolak.",
                    en: "While this holds, every send of it is refused.")),
            action: Text(
                id:
                    "Hentikan kampanye yang memakainya, perbaiki isi dan sasarannya, "
                    + "dan pakai templat lain untuk sementara.",
                en: "Stop campaigns that use it, fix copy and audience, and use another template meanwhile."))
    }

    /// A template or number has lost quality.
    package static func quality(_ segment: Segment, word: String, at: Instant) -> Play {
        let place = segment.words
        return Play(
            severity: word == "RED" || word == "FLAGGED" ? .critical : .warning,
            title: Text(id: "Kualitas \(place.id) turun ke \(word)", en: "Quality of \(place.en) fell to \(word)"),
            causes: [
                Cause(
                    kind: .mark,
                    text: Text(
                        id: "Meta menurunkan nilainya setelah blokir dan laporan dari penerima.",
                        en: "Meta lowered the rating after blocks and reports by recipients."),
                    segment: segment, share: 1, at: at)
            ],
            impact: Impact(
                text: Text(
                    id: "Kalau terus turun, Meta menjeda templatnya atau menurunkan batas kirim.",
                    en: "If it keeps falling, Meta pauses templates or lowers the messaging limit.")),
            action: Text(
                id: "Kurangi kiriman promosi, kirim hanya kepada yang setuju dan masih aktif, "
                    + "dan sediakan cara berhenti yang mudah.",
                en: "Send fewer promotions, only to people who agreed and are active, and make opting out easy."))
    }

    /// The day's messaging limit is nearly used up.
    package static func limit(_ segment: Segment, used: Double, limit: Double, query: String?) -> Play {
        let place = segment.words
        let (now, most) = (Figure.number(used), Figure.number(limit))
        return Play(
            severity: used >= limit ? .critical : .warning,
            title: Text(
                id: "Batas kirim \(place.id) hampir habis: \(now.id) dari \(most.id) dalam 24 jam",
                en: "The messaging limit of \(place.en) is nearly used up: \(now.en) of \(most.en) in 24 hours"),
            causes: [
                Cause(
                    kind: .load,
                    text: Text(
                        id: "Percakapan yang dimulai bisnis dalam 24 jam terakhir mendekati batas dari Meta.",
                        en: "Conversations begun by the business in the last 24 hours come close to Meta's limit."),
                    segment: segment, share: 1, query: query)
            ],
            impact: Impact(
                text: Text(
                    id: "Di atas batas itu, kiriman ke penerima baru ditolak sampai jendela 24 jamnya bergeser.",
                    en: "Beyond it, sends to new recipients are refused until the 24 hours have moved on."),
                query: query),
            action: Text(
                id: "Bagi kampanye ke beberapa hari, dahulukan yang penting, dan jaga kualitas supaya batasnya naik.",
                en: "Spread campaigns over several days, send what matters first, and keep quality up so that the "
                    + "limit rises."))
    }
}
