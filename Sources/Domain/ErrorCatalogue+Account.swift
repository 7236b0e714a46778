// The account: standing, payment, orders and the block list.

extension ErrorCatalogue {
    static let account: [Entry] = [
        Entry(
            [368], .policy, .businessOwner, .recoverable,
            title: Text(id: "Akun dibatasi sementara", en: "Account temporarily restricted"),
            cause: Text(
                id: "Meta membatasi atau menonaktifkan akun karena pelanggaran kebijakan.",
                en: "Meta restricted or disabled the account for violating policy."
            ),
            remedy: Text(
                id: "Baca pelanggarannya di Business Support Home dan ajukan banding.",
                en: "Read the violation in Business Support Home and appeal."
            )
        ),
        Entry(
            [2046], .param, .engineer, .recoverable,
            title: Text(id: "Perubahan status pesanan tidak sah", en: "Order status change invalid"),
            cause: Text(
                id: "Status pesanan baru tidak boleh mengikuti status sebelumnya.",
                en: "The new order status may not follow the previous one."
            ),
            remedy: Text(
                id: "Kirim status pesanan dalam urutan yang diizinkan.",
                en: "Send order statuses in an allowed order."
            )
        ),
        Entry(
            [2047], .param, .engineer, .recoverable,
            title: Text(id: "Status pesanan tidak dapat diubah", en: "Order status cannot change"),
            cause: Text(
                id: "Pesanan sudah pada status yang tidak dapat diubah dengan cara ini.",
                en: "The order is in a state that cannot be changed this way."
            ),
            remedy: Text(
                id: "Periksa status pesanan terakhir sebelum mengirim perubahan.",
                en: "Check the order's latest status before sending a change."
            )
        ),
        Entry(
            [131031], .policy, .businessOwner, .recoverable,
            title: Text(id: "Akun dikunci", en: "Account locked"),
            cause: Text(
                id: "Akun dibatasi atau dinonaktifkan, atau PIN verifikasi dua langkah salah.",
                en: "The account is restricted or disabled, or the two-step PIN is wrong."
            ),
            remedy: Text(
                id: "Periksa status kesehatan akun, lalu hubungi dukungan Meta.",
                en: "Check the account's health status, then contact Meta support."
            )
        ),
        Entry(
            [131042], .payment, .businessOwner, .recoverable,
            title: Text(id: "Masalah pembayaran", en: "Payment problem"),
            cause: Text(
                id: "Jalur kredit tidak ada atau melampaui batas, mata uang atau zona waktu belum diatur, atau akun "
                    + "ditangguhkan.",
                en: "The credit line is missing or used up, currency or time zone is not set, or the account is "
                    + "suspended."
            ),
            remedy: Text(
                id: "Perbaiki pembayaran sekarang juga: semua pesan berbayar gagal sampai beres.",
                en: "Fix billing at once: every paid message fails until then."
            )
        ),
        Entry(
            [131044], .payment, .businessOwner, .recoverable,
            title: Text(id: "Masalah pembayaran panggilan", en: "Payment problem for calls"),
            cause: Text(
                id: "Tidak ada cara bayar yang sah untuk panggilan.",
                en: "There is no valid payment method for calls."
            ),
            remedy: Text(id: "Tambahkan cara bayar pada akun.", en: "Add a payment method to the account.")
        ),
        Entry(
            [134011], .payment, .businessOwner, .recoverable,
            title: Text(id: "Ketentuan pembayaran belum disetujui", en: "Payment terms not accepted"),
            cause: Text(
                id: "Ketentuan layanan WhatsApp Payments belum disetujui.",
                en: "The terms of WhatsApp Payments were not accepted."
            ),
            remedy: Text(id: "Setujui ketentuan di WhatsApp Manager.", en: "Accept the terms in WhatsApp Manager.")
        ),
        Entry(
            [139100], .block, .serviceLead, .recoverable,
            title: Text(id: "Sebagian gagal diblokir", en: "Some were not blocked"),
            cause: Text(
                id: "Sebagian orang dalam permintaan tidak dapat diblokir atau dibuka blokirnya.",
                en: "Some people of the request could not be blocked or unblocked."
            ),
            remedy: Text(
                id: "Periksa daftar kegagalan dan ulangi untuk mereka.",
                en: "Read the list of failures and repeat for those."
            )
        ),
        Entry(
            [139101], .block, .serviceLead, .recoverable,
            title: Text(id: "Daftar blokir penuh", en: "Block list full"),
            cause: Text(
                id: "Daftar blokir mencapai batas 64.000 orang.",
                en: "The block list has reached 64,000 people."
            ),
            remedy: Text(
                id: "Buka blokir lama sebelum menambah yang baru.",
                en: "Unblock old entries before adding new ones."
            )
        ),
        Entry(
            [139102], .block, .engineer, .transient,
            title: Text(id: "Daftar blokir sedang diubah", en: "Block list being changed"),
            cause: Text(
                id: "Dua perubahan daftar blokir terjadi bersamaan.",
                en: "Two changes of the block list came at once."
            ),
            remedy: Text(id: "Ulangi satu per satu.", en: "Repeat, one at a time.")
        ),
        Entry(
            [139103], .block, .meta, .transient,
            title: Text(id: "Kesalahan daftar blokir", en: "Block list fault"),
            cause: Text(id: "Meta gagal memproses daftar blokir.", en: "Meta failed to process the block list."),
            remedy: Text(id: "Coba lagi nanti.", en: "Try again later.")
        ),
    ]
}
