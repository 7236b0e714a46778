/// What one of Meta's error codes means to a business: the cause, who can mend it, and how.
package struct MetaError: Hashable, Sendable {
    /// Meta's number, as asked for: also when it is one that the catalogue does not know.
    package let code: Int
    package let errorClass: ErrorClass
    package let title: Text
    package let cause: Text
    package let remedy: Text
    /// Who can do the remedy.
    package let owner: Owner
    package let outlook: Outlook

    /// What becomes of the same message to the same person.
    package enum Outlook: String, Hashable, Sendable, CaseIterable {
        /// Sending it again a little later, unchanged, is expected to work.
        case transient
        /// It can be sent once the remedy is done; repeating it unchanged fails again.
        case recoverable
        /// No remedy of the business's makes this send succeed.
        case final
    }

    /// Sending again a little later, unchanged, is expected to work.
    package var isTransient: Bool { outlook == .transient }
    /// The message can still be sent, by waiting or by doing the remedy.
    package var isRecoverable: Bool { outlook != .final }
    /// False when nothing is known of this code but its number.
    package var isKnown: Bool { errorClass != .unknown }
}

/// The kind of fault. The raw value is the dimension value `error_class`: never rename.
package enum ErrorClass: String, Hashable, Sendable, CaseIterable {
    case recipient
    case optOut = "optout"
    case frequencyCap = "freqcap"
    case experiment, window, quality, policy, template, rate, payment, media, auth, param, platform, config, call
    case group, flow, block, username, sync
    case marketingMessages = "mm"
    case unknown

    package var name: Text {
        switch self {
        case .recipient: Text(id: "Penerima", en: "Recipient")
        case .optOut: Text(id: "Berhenti berlangganan", en: "Opted out")
        case .frequencyCap: Text(id: "Batas frekuensi", en: "Frequency cap")
        case .experiment: Text(id: "Uji coba Meta", en: "Meta experiment")
        case .window: Text(id: "Jendela 24 jam", en: "24-hour window")
        case .quality: Text(id: "Kualitas", en: "Quality")
        case .policy: Text(id: "Kebijakan", en: "Policy")
        case .template: Text(id: "Templat", en: "Template")
        case .rate: Text(id: "Batas kecepatan", en: "Rate limit")
        case .payment: Text(id: "Pembayaran", en: "Payment")
        case .media: Text(id: "Berkas media", en: "Media file")
        case .auth: Text(id: "Izin akses", en: "Access")
        case .param: Text(id: "Isi permintaan", en: "Request content")
        case .platform: Text(id: "Gangguan Meta", en: "Meta outage")
        case .config: Text(id: "Pengaturan", en: "Set-up")
        case .call: Text(id: "Panggilan", en: "Calls")
        case .group: Text(id: "Grup", en: "Groups")
        case .flow: Text(id: "Formulir WhatsApp", en: "WhatsApp Flows")
        case .block: Text(id: "Daftar blokir", en: "Block list")
        case .username: Text(id: "Nama pengguna", en: "Username")
        case .sync: Text(id: "Sinkronisasi", en: "Syncing")
        case .marketingMessages: Text(id: "API Marketing Messages", en: "Marketing Messages API")
        case .unknown: Text(id: "Belum dikenal", en: "Not known yet")
        }
    }
}

/// Who is asked to act.
package enum Owner: String, Hashable, Sendable, CaseIterable {
    case engineer
    case campaignManager = "campaign_manager"
    case serviceLead = "service_lead"
    /// The owner, or whoever looks after money and the account at Meta.
    case businessOwner = "owner"
    /// Nobody here: Meta has to mend it.
    case meta

    package var name: Text {
        switch self {
        case .engineer: Text(id: "Teknisi", en: "Engineer")
        case .campaignManager: Text(id: "Pengelola kampanye", en: "Campaign manager")
        case .serviceLead: Text(id: "Kepala layanan", en: "Service lead")
        case .businessOwner: Text(id: "Pemilik / keuangan", en: "Owner / finance")
        case .meta: Text(id: "Pihak Meta", en: "Meta")
        }
    }
}

/// The few groups that a page of failures shows: what a business would do is the same within a group.
package enum ErrorGroup: String, Hashable, Sendable, CaseIterable {
    case badNumber = "bad_number"
    case cap
    case optOut = "opt_out"
    case quality
    case billing
    case window
    case setup
    case transient
    case other

    package var name: Text {
        switch self {
        case .badNumber: Text(id: "Nomor bermasalah", en: "Bad number")
        case .cap: Text(id: "Ditahan batas Meta", en: "Held back by Meta's caps")
        case .optOut: Text(id: "Pelanggan berhenti", en: "Opted out")
        case .quality: Text(id: "Kualitas dan kebijakan", en: "Quality and policy")
        case .billing: Text(id: "Pembayaran", en: "Billing")
        case .window: Text(id: "Di luar jendela 24 jam", en: "Outside the 24-hour window")
        case .setup: Text(id: "Pengaturan dan isi permintaan", en: "Set-up and request content")
        case .transient: Text(id: "Gangguan sementara", en: "Passing trouble")
        case .other: Text(id: "Lainnya", en: "Other")
        }
    }
}

extension MetaError {
    /// Where this error is counted on a page of failures.
    package var dashboardGroup: ErrorGroup {
        switch errorClass {
        case .recipient: code == 131026 ? .badNumber : .other
        case .frequencyCap, .experiment: .cap
        case .optOut: .optOut
        case .quality, .policy: .quality
        case .payment: .billing
        case .window: .window
        case .platform, .rate: isTransient ? .transient : .setup
        case .auth, .config, .template, .param, .marketingMessages: .setup
        case .media, .call, .group, .flow, .block, .username, .sync, .unknown: .other
        }
    }
}
