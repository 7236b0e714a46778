// Groups and flows.

extension ErrorCatalogue {
    static let groups: [Entry] = [
        Entry(
            [130501], .group, .engineer, .final,
            title: Text(id: "Jenis pesan tidak didukung di grup", en: "Message not supported in groups"),
            cause: Text(
                id: "Pesan jenis ini tidak dapat dikirim ke grup.",
                en: "This kind of message cannot be sent to a group."
            ),
            remedy: Text(
                id: "Kirim jenis pesan lain atau kirim ke perorangan.",
                en: "Send another kind, or send to persons."
            )
        ),
        Entry(
            [131020], .group, .serviceLead, .recoverable,
            title: Text(id: "Grup tidak dapat dipakai", en: "Group not usable"),
            cause: Text(id: "Grup hanya beranggotakan satu orang.", en: "The group has a single member."),
            remedy: Text(id: "Undang anggota sebelum mengirim.", en: "Invite members before sending.")
        ),
        Entry(
            [131041], .group, .engineer, .final,
            title: Text(id: "Grup tidak dikenal", en: "Group unknown"),
            cause: Text(
                id: "ID grup tidak ada atau bukan milik nomor ini.",
                en: "The group id does not exist or is not this number's."
            ),
            remedy: Text(
                id: "Periksa ID grup dan sinkronkan daftar grup.",
                en: "Check the group id and sync the list of groups."
            )
        ),
        Entry(
            [131059], .param, .engineer, .recoverable,
            title: Text(id: "Penanda halaman usang", en: "Paging cursor stale"),
            cause: Text(
                id: "Penanda halaman daftar sudah tidak berlaku.",
                en: "The cursor of a list is no longer valid."
            ),
            remedy: Text(id: "Ulangi pembacaan daftar dari awal.", en: "Read the list again from the start.")
        ),
        Entry(
            [131201], .group, .serviceLead, .recoverable,
            title: Text(id: "Berhasil sebagian", en: "Partly done"),
            cause: Text(
                id: "Tindakan berhasil bagi sebagian peserta dan gagal bagi yang lain.",
                en: "It worked for some participants and failed for others."
            ),
            remedy: Text(
                id: "Baca daftar yang gagal dan tangani satu per satu.",
                en: "Read the list of failures and deal with each."
            )
        ),
        Entry(
            [131202], .group, .engineer, .final,
            title: Text(id: "Permintaan grup ganda", en: "Duplicate group request"),
            cause: Text(id: "Permintaan yang sama sudah pernah diajukan.", en: "The same request was already made."),
            remedy: Text(id: "Tidak ada yang perlu dilakukan.", en: "Nothing needs to be done.")
        ),
        Entry(
            [131203], .group, .serviceLead, .recoverable,
            title: Text(id: "Ketentuan belum disetujui", en: "Terms not accepted"),
            cause: Text(
                id: "Orang yang hendak ditambahkan belum menyetujui ketentuan terbaru WhatsApp.",
                en: "The person to be added has not accepted WhatsApp's latest terms."
            ),
            remedy: Text(
                id: "Minta orang itu memperbarui WhatsApp dan menyetujui ketentuan.",
                en: "Ask the person to update WhatsApp and accept the terms."
            )
        ),
        Entry(
            [131204], .group, .serviceLead, .recoverable,
            title: Text(id: "Batas grup terlampaui", en: "Group limit exceeded"),
            cause: Text(
                id: "Jumlah grup atau peserta melampaui batas.",
                en: "There are more groups or participants than allowed."
            ),
            remedy: Text(id: "Kurangi peserta atau hapus grup lama.", en: "Remove participants or delete old groups.")
        ),
        Entry(
            [131207], .group, .businessOwner, .recoverable,
            title: Text(id: "Grup ditangguhkan", en: "Group suspended"),
            cause: Text(id: "Meta menangguhkan grup ini.", en: "Meta suspended this group."),
            remedy: Text(
                id: "Periksa pelanggarannya dan hubungi dukungan Meta.",
                en: "Find the violation and contact Meta support."
            )
        ),
        Entry(
            [131208], .group, .engineer, .transient,
            title: Text(id: "Terlalu banyak tindakan grup", en: "Too many group actions"),
            cause: Text(id: "Tindakan pada grup terlalu sering.", en: "Group actions came too often."),
            remedy: Text(id: "Perlambat lalu coba lagi.", en: "Slow down and try again.")
        ),
        Entry(
            [131209, 131210, 131211, 131212, 131213, 131214, 131215], .group, .engineer, .recoverable,
            title: Text(id: "Tindakan grup ditolak", en: "Group action refused"),
            cause: Text(
                id: "Sebabnya salah satu dari: gambar, batas jumlah, bukan anggota, tidak ada permintaan bergabung, "
                    + "nomor tidak memenuhi syarat, atau pembuatan grup dihentikan 7 hari karena banyak pemasaran.",
                en: "One of: the picture, a limit, not a member, no join request, number not eligible, or group "
                    + "creation stopped for 7 days because of too much marketing."
            ),
            remedy: Text(
                id: "Lihat rincian galat untuk sebab yang tepat.",
                en: "See the error details for the exact reason."
            )
        ),
        Entry(
            [132068], .flow, .engineer, .recoverable,
            title: Text(id: "Formulir diblokir", en: "Flow blocked"),
            cause: Text(
                id: "Meta memblokir formulir WhatsApp karena bermasalah.",
                en: "Meta blocked the WhatsApp Flow because of problems."
            ),
            remedy: Text(id: "Perbaiki formulir lalu terbitkan ulang.", en: "Mend the flow and publish it again.")
        ),
        Entry(
            [132069], .flow, .engineer, .recoverable,
            title: Text(id: "Formulir dibatasi", en: "Flow throttled"),
            cause: Text(
                id: "Formulir sedang dibatasi; hanya sedikit yang boleh dikirim per jam.",
                en: "The flow is throttled: only a few may be sent each hour."
            ),
            remedy: Text(
                id: "Perbaiki galat dan kecepatan titik akhir formulir.",
                en: "Fix the errors and speed of the flow's endpoint."
            )
        ),
        Entry(
            [139000], .flow, .engineer, .recoverable,
            title: Text(id: "Formulir ditolak pemeriksaan akun", en: "Flow refused by account checks"),
            cause: Text(
                id: "Akun belum lolos pemeriksaan integritas untuk formulir.",
                en: "The account does not pass the integrity checks for flows."
            ),
            remedy: Text(
                id: "Verifikasi bisnis dan periksa kualitas akun.",
                en: "Verify the business and check the account's quality."
            )
        ),
        Entry(
            [139001], .flow, .engineer, .recoverable,
            title: Text(id: "Formulir gagal diperbarui", en: "Flow not updated"),
            cause: Text(
                id: "Perubahan tidak dapat disimpan, misalnya karena formulir sudah terbit.",
                en: "The change cannot be saved, for instance because the flow is published."
            ),
            remedy: Text(id: "Salin menjadi draf baru lalu ubah.", en: "Copy it to a new draft and edit that.")
        ),
        Entry(
            [139002], .flow, .engineer, .recoverable,
            title: Text(id: "Formulir gagal diterbitkan", en: "Flow not published"),
            cause: Text(
                id: "Formulir belum memenuhi syarat terbit.",
                en: "The flow does not meet the conditions for publishing."
            ),
            remedy: Text(
                id: "Perbaiki galat validasinya lalu terbitkan lagi.",
                en: "Fix the validation errors and publish again."
            )
        ),
        Entry(
            [139003], .flow, .engineer, .recoverable,
            title: Text(id: "Formulir gagal dipensiunkan", en: "Flow not deprecated"),
            cause: Text(
                id: "Hanya formulir yang sudah terbit yang dapat dipensiunkan.",
                en: "Only a published flow can be deprecated."
            ),
            remedy: Text(id: "Periksa status formulir.", en: "Check the flow's state.")
        ),
        Entry(
            [139004], .flow, .engineer, .recoverable,
            title: Text(id: "Formulir gagal dihapus", en: "Flow not deleted"),
            cause: Text(id: "Hanya draf yang dapat dihapus.", en: "Only a draft can be deleted."),
            remedy: Text(id: "Pensiunkan formulir yang sudah terbit.", en: "Deprecate a published flow instead.")
        ),
    ]
}
