import Catalogue
import Domain

extension Playbook {
    /// Webhooks do not arrive. Never told as a change of the business.
    package static func webhooksLate(missing: Double, minutes: Double, othersArrive: Bool?) -> Play {
        let (count, time) = (Figure.number(missing.rounded()), Figure.duration(minutes * 60))
        let cause: Text =
            othersArrive == false
            ? Text(
                id: "Tidak ada kiriman dari sumber mana pun, jadi kemungkinan jaringan atau server Pantau yang putus.",
                en: "Nothing arrives from any source, so most likely the network or Pantau's own server is cut off.")
            : Text(
                id: "Sumber lain tetap masuk; hanya webhook Meta yang tertahan.",
                en: "Other sources still arrive; only Meta's webhooks are held back.")
        return Play(
            severity: .warning,
            title: Text(
                id: "Webhook terlambat: \(time.id) tanpa kabar, seharusnya sekitar \(count.id) kiriman",
                en: "Webhooks are late: nothing for \(time.en), about \(count.en) deliveries expected"),
            causes: [
                Cause(
                    kind: .data, text: cause, segment: .everything, share: 1)
            ],
            impact: Impact(
                text: Text(
                    id: "Angka sejak saat itu belum lengkap. Bisnisnya sendiri belum tentu berubah.",
                    en: "Numbers since then are incomplete. The business itself need not have changed.")),
            action: Text(
                id: "Tunggu atau periksa status Meta dan langganan webhook di Kesehatan Data. "
                    + "Angka yang terlambat masuk ke jamnya sendiri begitu tiba.",
                en: "Wait, or check Meta's status and the webhook subscription in Data health. Late numbers are "
                    + "counted at their own time once they arrive."))
    }

    /// Reading falls while delivery is as ever.
    package static func reading(_ shift: SegmentShift, hours: Double, query: String?) -> Play {
        let place = shift.segment.words
        let (now, then) = (Figure.percent(1 - shift.rate), Figure.percent(1 - shift.expectedRate))
        let daily = shift.excess / max(1, hours) * 24
        let number = Figure.number(daily.rounded())
        return Play(
            severity: .warning,
            title: Text(
                id: "Pembacaan turun di \(place.id): \(now.id), biasanya \(then.id)",
                en: "Reading is down for \(place.en): \(now.en), usually \(then.en)"),
            causes: [
                Cause(
                    kind: .segment,
                    text: Text(
                        id: "Pengirimannya seperti biasa; yang berubah minat penerima \(place.id).",
                        en: "Delivery is as ever; it is the recipients of \(place.en) who care less."),
                    segment: shift.segment, share: shift.share, query: query)
            ],
            impact: Impact(
                messages: daily.rounded(), people: daily.rounded(),
                text: Text(
                    id: "Sekitar \(number.id) pesan per hari sampai tetapi tidak dibaca seperti biasanya.",
                    en: "About \(number.en) messages a day arrive and are not read as they used to be."),
                query: query),
            action: Text(
                id: "Ubah kalimat pertama dan waktu kirimnya, kurangi frekuensi, dan bandingkan dua versi "
                    + "sebelum mengirim ke semua.",
                en: "Change the first line and the time of sending, send less often, and compare two versions before "
                    + "sending to all."))
    }

    /// Customers have to write again.
    package static func repeats(_ shift: SegmentShift, hours: Double, query: String?) -> Play {
        let place = shift.segment.words
        let (now, then) = (Figure.percent(shift.rate), Figure.percent(shift.expectedRate))
        let daily = shift.excess / max(1, hours) * 24
        let number = Figure.number(daily.rounded())
        return Play(
            severity: .notice,
            title: Text(
                id: "Pelanggan \(place.id) lebih sering mengulang pesan: \(now.id), biasanya \(then.id)",
                en: "Customers of \(place.en) write again more often: \(now.en), usually \(then.en)"),
            causes: [
                Cause(
                    kind: .segment,
                    text: Text(
                        id: "Mereka menulis lagi sebelum dijawab \(place.id).",
                        en: "They write again before they are answered: \(place.en)."),
                    segment: shift.segment, share: shift.share, query: query)
            ],
            impact: Impact(
                people: daily.rounded(),
                text: Text(
                    id: "Sekitar \(number.id) pelanggan per hari lebih banyak dari biasanya.",
                    en: "About \(number.en) customers a day more than usual."), query: query),
            action: Text(
                id: "Kirim tanda terima otomatis yang menyebut perkiraan waktu jawab, dan percepat jawaban pertama.",
                en: "Send an automatic acknowledgement that says when to expect an answer, and answer first messages "
                    + "sooner."))
    }

    /// Accepted, and never heard of again.
    package static func silentFailure(_ shift: SegmentShift, hours: Double, query: String?) -> Play {
        let place = shift.segment.words
        let (now, then) = (Figure.percent(shift.rate), Figure.percent(shift.expectedRate))
        let daily = shift.excess / max(1, hours) * 24
        let amount = perDay(daily)
        return Play(
            severity: .warning,
            title: Text(
                id: "Pesan menggantung di \(place.id): \(now.id) tanpa kabar, biasanya \(then.id)",
                en: "Messages hang for \(place.en): \(now.en) with no word, usually \(then.en)"),
            causes: [
                Cause(
                    kind: .segment,
                    text: Text(
                        id: "Meta menerima pesannya, tetapi tidak ada kabar sampai atau gagal dari \(place.id).",
                        en: "Meta accepted the messages, and neither delivery nor failure is told for \(place.en)."),
                    segment: shift.segment, share: shift.share, query: query)
            ],
            impact: Impact(
                messages: daily.rounded(), people: daily.rounded(),
                text: Text(
                    id: "Kalau berlanjut, \(amount.id) hilang tanpa kabar.",
                    en: "If it goes on, \(amount.en) are lost without a word."), query: query),
            action: Text(
                id:
                    "Keluarkan penerima yang lama tidak aktif dari daftar, "
                    + "dan pastikan webhook status masih dilanggan.",
                en: "Take recipients who have long been inactive off the list, and make sure that status webhooks "
                    + "are still subscribed to."))
    }
}
