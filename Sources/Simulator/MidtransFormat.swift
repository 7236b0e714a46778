import Domain

/// HTTP notifications of Midtrans, without `signature_key`: whoever posts them over HTTP adds it, the hexadecimal
/// SHA-512 of `order_id + status_code + gross_amount + server key` (`gross_amount` as the string in the body).
enum MidtransFormat {
    enum Status: Sendable {
        case pending, capture, settlement, expire, cancel
        /// Rupiah given back up to now, and the part of this refund.
        case refund(total: Int64, part: Int64, number: Int64)
    }

    struct Order: Sendable {
        var id: String
        var transaction: UInt64
        var amount: Int64
        var method: String
        /// Seconds since the epoch at which the order was begun.
        var begunAt: Int64
        /// `wa:…` or `link:…`.
        var mark: String
    }

    static func notification(_ order: Order, _ status: Status, at: Int64, settledAt: Int64?) -> Bytes {
        var bytes: Bytes = []
        bytes.reserveCapacity(520)
        bytes.add(#"{"transaction_status":""#)
        bytes.add(word(status, amount: order.amount))
        bytes.add(#"","transaction_id":""#)
        WireFormat.addBase64(order.transaction, to: &bytes)
        bytes.add(#"","order_id":""#)
        bytes.add(raw: order.id)
        bytes.add(#"","merchant_id":"G141532850","gross_amount":""#)
        bytes.add(order.amount)
        bytes.add(#".00","currency":"IDR","payment_type":""#)
        bytes.add(raw: order.method)
        bytes.add(#"","status_code":""#)
        bytes.add(code(status))
        bytes.add(#"","fraud_status":"accept","transaction_time":""#)
        add(localTime: order.begunAt, to: &bytes)
        bytes.add("\"")
        if let settledAt {
            bytes.add(#","settlement_time":""#)
            add(localTime: settledAt, to: &bytes)
            bytes.add("\"")
        }
        if case .refund(let total, let part, let number) = status {
            bytes.add(#","refund_amount":""#)
            bytes.add(total)
            bytes.add(#".00","refunds":[{"refund_chargeback_id":"#)
            bytes.add(number)
            bytes.add(#","refund_amount":""#)
            bytes.add(part)
            bytes.add(#".00","created_at":""#)
            add(localTime: at, to: &bytes)
            bytes.add(#"","refund_key":""#)
            bytes.add(raw: order.id)
            bytes.add("-")
            bytes.add(number)
            bytes.add(#""}]"#)
        }
        bytes.add(#","custom_field1":""#)
        bytes.add(raw: order.mark)
        bytes.add(#""}"#)
        return bytes
    }

    private static func word(_ status: Status, amount: Int64) -> StaticString {
        switch status {
        case .pending: "pending"
        case .capture: "capture"
        case .settlement: "settlement"
        case .expire: "expire"
        case .cancel: "cancel"
        case .refund(let total, _, _): total >= amount ? "refund" : "partial_refund"
        }
    }

    private static func code(_ status: Status) -> StaticString {
        switch status {
        case .pending: "201"
        case .capture, .settlement, .refund, .cancel: "200"
        case .expire: "407"
        }
    }

    /// `YYYY-MM-DD HH:mm:ss` in WIB, without a zone.
    private static func add(localTime second: Int64, to bytes: inout Bytes) {
        let clock = WallClock(seconds: second)
        bytes.add(Int64(clock.year))
        let parts = [clock.month, clock.day, clock.hour, clock.minute, clock.second]
        for (separator, part) in zip("-- ::".utf8, parts) {
            bytes.append(separator)
            bytes.add(twoDigits: part)
        }
    }
}
