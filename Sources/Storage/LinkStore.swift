import Domain

/// Short links by their codes: what a redirect asks. Links never change, so an answer may be kept for good.
///
/// All of it but the key can be made anew from the inbox.
package protocol LinkStore: Sendable {
    /// Remembers links durably, all or none. A code that is known already stays as it is.
    func insert(_ links: [ShortLink]) async throws
    /// Nil when there is no such link.
    func link(code: String) async throws -> ShortLink?
    /// Those of the codes that are in use.
    func taken(_ codes: [String]) async throws -> Set<String>
    /// 256 random bits, made once, that seal the recipients in links of campaigns.
    func tokenKey() async throws -> [UInt8]
    /// Sequence of the inbox up to which its links are all here; 0 for a store that has just been made.
    func coveredSequence() async throws -> Int64
    /// Says that the links of the inbox up to there are all here. Goes forward only.
    func cover(to sequence: Int64) async throws
}
