/// Examples of outcomes and links in the documentation, as JSON texts. A test reads each of them.
enum OutcomeExamples {
    static let outcome = #"""
        {"source":"shop","id":"ORD-77","kind":"payment_confirmed","at":"2026-11-22T03:40:00Z","contact":"6281234567890","message_id":null,"conversation_id":null,"value":250000,"currency":"IDR","properties":{"sku":"A1"}}
        """#

    static let receipt = #"""
        {"accepted":2,"rejected_count":1,"rejected":[{"index":2,"detail":"record 2: id is missing; give a text that is not empty"}]}
        """#

    static let midtrans = #"""
        {"transaction_status":"settlement","order_id":"ORD-77","gross_amount":"250000.00","currency":"IDR","status_code":"200","fraud_status":"accept","transaction_time":"2026-11-22 10:11:12","settlement_time":"2026-11-22 10:12:00","signature_key":"…","custom_field1":"wa:6281234567890"}
        """#

    static let xendit = #"""
        {"id":"579c8d61f23fa4ca35e52da4","external_id":"ORD-77","status":"PAID","amount":250000,"paid_amount":250000,"paid_at":"2026-11-22T03:40:00.000Z","currency":"IDR","metadata":{"wa":"6281234567890"}}
        """#

    static let stripe = #"""
        {"id":"evt_1","type":"checkout.session.completed","created":1795318800,"livemode":true,"data":{"object":{"id":"cs_1","payment_status":"paid","amount_total":25000000,"currency":"idr","client_reference_id":"wa:6281234567890"}}}
        """#

    static let calcom = #"""
        {"triggerEvent":"BOOKING_CREATED","createdAt":"2026-11-22T03:00:00.000Z","payload":{"uid":"bk_1","startTime":"2026-11-24T02:00:00Z","attendees":[{"phoneNumber":"+6281234567890"}]}}
        """#

    static let calendly = #"""
        {"event":"invitee.created","created_at":"2026-11-22T03:00:00.000000Z","payload":{"uri":"https://api.calendly.com/scheduled_events/E/invitees/I","rescheduled":false,"text_reminder_number":"+6281234567890","scheduled_event":{"start_time":"2026-11-24T02:00:00Z"}}}
        """#

    static let links = #"""
        [{"url":"https://shop.example/promo?x=1","campaign":"11.11","recipients":[{"contact":"6281234567890"},{"user_id":"ID.9f31c0AA77"}]},{"url":"https://shop.example/pay/ORD-77","contact":"6281234567890","message_id":"wamid.HBgMNjI4","expires_at":"2026-12-31T17:00:00Z"}]
        """#

    static let linksMade = #"""
        {"accepted":2,"rejected_count":0,"rejected":[],"links":[{"index":1,"code":"7hKp2mQx9R","short_url":"https://s.shop.example/l/7hKp2mQx9R","expires_at":null,"recipients":[{"recipient":1,"short_url":"https://s.shop.example/l/7hKp2mQx9R?t=kQ3vPz0"},{"recipient":2,"short_url":"https://s.shop.example/l/7hKp2mQx9R?t=Wd81mYc"}]},{"index":2,"code":"Tz4nB8wEsu","short_url":"https://s.shop.example/l/Tz4nB8wEsu","expires_at":"2026-12-31T17:00:00Z"}]}
        """#

    static let link = #"""
        {"code":"Tz4nB8wEsu","short_url":"https://s.shop.example/l/Tz4nB8wEsu","url":"https://shop.example/pay/ORD-77","campaign":null,"message_id":"wamid.HBgMNjI4","has_recipient":true,"created_at":"2026-11-22T03:10:00Z","expires_at":"2026-12-31T17:00:00Z","expired":false,"clicks":3,"people":1,"robots":2}
        """#

    static let all = [outcome, receipt, midtrans, xendit, stripe, calcom, calendly, links, linksMade, link]
}
