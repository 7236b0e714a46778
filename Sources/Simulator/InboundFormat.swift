import Domain

/// `messages[]` and the fields that carry a person's wishes and names.
extension WireFormat {
    private static let sayings = [
        "Halo kak, barangnya masih ada?", "Pesanan saya kok belum sampai ya?", "Ok kak, terima kasih \u{1F64F}",
        "Bisa COD?", "Ongkir ke Bandung berapa?", "Saya mau tukar ukuran", "Sudah saya transfer ya kak",
        "Hi, is this in stock?",
        "Where is my order?", "Minta katalog \"terbaru\" dong", "Promonya sampai kapan?", "Baik",
        "Tolong dibantu \u{2764}",
    ]

    static func inbound(
        id: String, from person: Person, line: BusinessLine, words: World.Words, at: Int64, chance: inout Chance
    ) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(560)
        bytes.add("{")
        addIdentity(person, phone: #""from":""#, userID: #""from_user_id":""#, to: &bytes)
        bytes.add(#","id":""#)
        bytes.add(raw: id)
        bytes.add(#"","timestamp":""#)
        bytes.add(at)
        bytes.add("\"")
        if words.kind != .reaction, let quoted = words.quotes {
            bytes.add(#","context":{"from":""#)
            bytes.add(raw: line.display)
            bytes.add(#"","id":""#)
            bytes.add(raw: quoted)
            bytes.add(#""}"#)
        }
        addContent(words, to: &bytes, chance: &chance)
        if words.isFromAd { addReferral(to: &bytes, chance: &chance) }
        bytes.add("}")
        return bytes
    }

    private static func addContent(_ words: World.Words, to bytes: inout Bytes, chance: inout Chance) {
        switch words.kind {
        case .text:
            bytes.add(#","type":"text","text":{"body":"#)
            bytes.add(quoted: chance.pick(sayings, or: "Halo"))
            bytes.add("}")
        case .image:
            bytes.add(#","type":"image","image":{"mime_type":"image\/jpeg","sha256":""#)
            for _ in 0..<4 { addBase64(chance.next(), to: &bytes) }
            bytes.add(#"=","id":""#)
            bytes.add(Int64(truncatingIfNeeded: chance.next() >> 12))
            bytes.add(#""}"#)
        case .audio:
            bytes.add(#","type":"audio","audio":{"mime_type":"audio\/ogg; codecs=opus","sha256":""#)
            for _ in 0..<4 { addBase64(chance.next(), to: &bytes) }
            bytes.add(#"=","id":""#)
            bytes.add(Int64(truncatingIfNeeded: chance.next() >> 12))
            bytes.add(#"","voice":true}"#)
        case .location:
            bytes.add(#","type":"location","location":{"latitude":-6.2"#)
            bytes.add(Int64(chance.below(9_999)))
            bytes.add(#","longitude":106.8"#)
            bytes.add(Int64(chance.below(9_999)))
            bytes.add("}")
        case .button:
            let label: StaticString = chance.happens(0.6) ? "Beli sekarang" : "Info lengkap"
            bytes.add(#","type":"button","button":{"payload":""#)
            bytes.add(label)
            bytes.add(#"","text":""#)
            bytes.add(label)
            bytes.add(#""}"#)
        case .interactive:
            bytes.add(#","type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"menu-"#)
            bytes.add(Int64(chance.whole(1...3)))
            bytes.add(#"","title":"Bicara dengan CS"}}"#)
        case .flow:
            bytes.add(#","type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","#)
            bytes.add(##""body":"Sent","response_json":"{\"flow_token\":\""##)
            bytes.add(raw: words.flowToken ?? "")
            bytes.add(##"\",\"size\":\"M\"}"}}"##)
        case .order:
            bytes.add(#","type":"order","order":{"catalog_id":"194836987003835","product_items":["#)
            for (index, item) in words.basket.enumerated() {
                if index > 0 { bytes.add(",") }
                bytes.add(#"{"product_retailer_id":"sku-"#)
                bytes.add(Int64(item.product))
                bytes.add(#"","quantity":"#)
                bytes.add(Int64(item.quantity))
                bytes.add(#","item_price":"#)
                bytes.add(item.price)
                bytes.add(#","currency":"IDR"}"#)
            }
            bytes.add("]}")
        case .reaction:
            bytes.add(#","type":"reaction","reaction":{"message_id":""#)
            bytes.add(raw: words.quotes ?? "")
            bytes.add(#"","emoji":"#)
            bytes.add(quoted: "\u{1F44D}")
            bytes.add("}")
        }
    }

    private static func addReferral(to bytes: inout Bytes, chance: inout Chance) {
        let ad = chance.below(3)
        bytes.add(#","referral":{"source_url":"https:\/\/fb.me\/ad"#)
        bytes.add(Int64(ad))
        bytes.add(#"","source_id":"12022630585481072"#)
        bytes.add(Int64(ad))
        bytes.add(#"","source_type":"ad","headline":"Chat kami","body":"Promo","media_type":"image","image_url":"#)
        bytes.add(#""https:\/\/scontent.example\/a.jpg""#)
        // Ads in WhatsApp Status come without a click id.
        if chance.happens(0.85) {
            bytes.add(#","ctwa_clid":"Aff"#)
            for _ in 0..<3 { addBase64(chance.next(), to: &bytes) }
            bytes.add("\"")
        }
        bytes.add("}")
    }

    /// What was typed in the WhatsApp Business app.
    static func echo(
        id: String, to person: Person, line: BusinessLine, at: Int64, chance: inout Chance
    ) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(320)
        bytes.add(#"{"from":""#)
        bytes.add(raw: line.display)
        bytes.add("\",")
        addIdentity(person, phone: #""to":""#, userID: #""to_user_id":""#, to: &bytes)
        bytes.add(#","id":""#)
        bytes.add(raw: id)
        bytes.add(#"","timestamp":""#)
        bytes.add(at)
        bytes.add(#"","type":"text","text":{"body":"#)
        bytes.add(quoted: chance.pick(answers, or: "Baik kak"))
        bytes.add("}}")
        return bytes
    }

    private static let answers = ["Baik kak, kami cek dulu ya", "Sudah kami kirim kak", "Siap, ditunggu ya kak"]

    /// The system message of a new number: no contacts come with it, and `from` is the old number.
    static func changedNumber(id: String, from before: Person, to after: Person, at: Int64) -> Bytes {
        var bytes: Bytes = []
        bytes.add("{")
        addIdentity(before, phone: #""from":""#, userID: #""from_user_id":""#, to: &bytes)
        bytes.add(#","id":""#)
        bytes.add(raw: id)
        bytes.add(#"","timestamp":""#)
        bytes.add(at)
        bytes.add(#"","type":"system","system":{"body":"User changed their number","type":"user_changed_number","#)
        addIdentity(after, phone: #""wa_id":""#, userID: #""user_id":""#, to: &bytes)
        bytes.add("}}")
        return bytes
    }

    static func userIDUpdate(before: Person, after: Person, at: Int64) -> Bytes {
        var bytes: Bytes = []
        bytes.add("{")
        if let phone = after.phoneIfVisible {
            bytes.add(#""wa_id":""#)
            bytes.add(raw: phone)
            bytes.add("\",")
        }
        bytes.add(#""detail":"User id changed","user_id":{"previous":""#)
        bytes.add(raw: before.userID)
        bytes.add(#"","current":""#)
        bytes.add(raw: after.userID)
        bytes.add(#""},"timestamp":"#)
        bytes.add(at)
        bytes.add("}")
        return bytes
    }

    /// The timestamp is a number here.
    static func preference(_ person: Person, wish: StaticString, at: Int64) -> Bytes {
        var bytes: Bytes = []
        bytes.add("{")
        addIdentity(person, phone: #""wa_id":""#, userID: #""user_id":""#, to: &bytes)
        bytes.add(#","detail":"User requested to "#)
        bytes.add(wish)
        bytes.add(#" marketing messages","category":"marketing_messages","value":""#)
        bytes.add(wish)
        bytes.add(#"","timestamp":"#)
        bytes.add(at)
        bytes.add("}")
        return bytes
    }

    /// A tap on a link of a marketing message: it names neither message nor person.
    static func linkClick(at: Int64, chance: inout Chance) -> Bytes {
        var bytes: Bytes = []
        bytes.add(#"{"action_type":"marketing_messages_link_click","timestamp":""#)
        bytes.add(at)
        bytes.add(#"","marketing_messages_link_click_data":{"click_component":"#)
        if chance.happens(0.8) { bytes.add(#""cta""#) } else { bytes.add(#""body""#) }
        bytes.add(#","click_id":""#)
        addBase64(chance.next(), to: &bytes)
        bytes.add(#"","tracking_token":""#)
        addBase64(chance.next(), to: &bytes)
        bytes.add(#""}}"#)
        return bytes
    }
}
