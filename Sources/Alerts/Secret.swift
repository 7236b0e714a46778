import Domain

/// A token or password. It never appears in descriptions, so that it cannot reach a log by accident.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// For those who send it, and nobody else.
    package let value: String

    package init(_ value: String) { self.value = value.trimmed }

    package var isEmpty: Bool { value.isEmpty }
    package var description: String { "••••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [(label: String?, value: Any)]()) }
}
