/// An identifier of one kind of entity, as the outside world spells it.
///
/// Meta's identifiers are opaque strings (also the numeric ones: template ids exceed 2^53), so the raw value
/// is always a `String`. The type parameter keeps a WABA id from being passed where a message id is meant.
package struct Identifier<Entity>: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    package let value: String

    package init(_ value: String) { self.value = value }
    package init(stringLiteral value: String) { self.value = value }

    package var description: String { value }
    package static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}

package enum MessageEntity {}
package enum PhoneNumberEntity {}
package enum AccountEntity {}
package enum GroupEntity {}
package enum TemplateEntity {}
package enum CallEntity {}

/// A message: Meta's `wamid.…`, or the caller's own id for a send that Meta rejected.
package typealias MessageID = Identifier<MessageEntity>
/// A business phone number: Meta's `phone_number_id`.
package typealias PhoneNumberID = Identifier<PhoneNumberEntity>
/// A WhatsApp Business Account (WABA), `entry[].id`.
package typealias AccountID = Identifier<AccountEntity>
/// A WhatsApp group.
package typealias GroupID = Identifier<GroupEntity>
/// A message template: a 64-bit number in webhooks, a string in the Graph API.
package typealias TemplateID = Identifier<TemplateEntity>
/// A call: Meta's `wacid.…`.
package typealias CallID = Identifier<CallEntity>
