/// Something that could not be done, told to the person who asked: what was wrong and what to do next.
///
/// The message never holds a phone number, a name or message text. `code` maps once to an HTTP status
/// (in `Web`) and once to an exit code (in `App`).
package struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Code: String, Sendable, CaseIterable {
        /// The request itself is malformed: not JSON, wrong type.
        case malformed
        /// No or wrong credentials.
        case unauthorised
        /// Known, but not allowed.
        case forbidden
        case notFound
        /// Well formed, but it makes no sense here: unknown metric, impossible pair.
        case unprocessable
        case tooLarge
        /// Try again later: the disk is slow or full.
        case unavailable
        /// The set-up is wrong and a person must mend it.
        case misconfigured
        /// A fault of ours.
        case `internal`
    }

    package let code: Code
    package let message: Text

    package init(_ code: Code, id: String, en: String) {
        self.code = code
        self.message = Text(id: id, en: en)
    }

    package var description: String { message.en }
}
