import Domain
import Storage
import Synchronization

/// Short links in a list.
package final class ListLinks: LinkStore {
    private struct State {
        var links: [String: ShortLink] = [:]
        var covered: Int64 = 0
    }
    private let state = Mutex(State())
    package init() {}
    package var all: [ShortLink] { state.withLock { Array($0.links.values) } }

    package func insert(_ links: [ShortLink]) async throws {
        state.withLock { state in
            for link in links where state.links[link.link.code] == nil { state.links[link.link.code] = link }
        }
    }
    package func link(code: String) async throws -> ShortLink? { state.withLock { $0.links[code] } }
    package func taken(_ codes: [String]) async throws -> Set<String> {
        state.withLock { state in Set(codes.filter { state.links[$0] != nil }) }
    }
    package func tokenKey() async throws -> [UInt8] { (0..<32).map { UInt8($0) } }
    package func coveredSequence() async throws -> Int64 { state.withLock { $0.covered } }
    package func cover(to sequence: Int64) async throws { state.withLock { $0.covered = max($0.covered, sequence) } }
}
