import Domain
import Synchronization

/// The links that were asked for lately, at most about `capacity` of them.
///
/// Two generations take the place of an exact order of use: what is asked for moves to the young one, and when that is
/// full, the old one is forgotten as a whole. A lookup costs one or two hashes and no list to mend.
final class LinkCache: Sendable {
    private struct Generations {
        var young: [String: ShortLink] = [:]
        var old: [String: ShortLink] = [:]
    }
    private let generations = Mutex(Generations())
    private let halfCapacity: Int

    init(capacity: Int) { halfCapacity = max(1, capacity / 2) }

    func link(code: String) -> ShortLink? {
        generations.withLock { all in
            if let link = all.young[code] { return link }
            guard let link = all.old[code] else { return nil }
            Self.keep(link, in: &all, halfCapacity)
            return link
        }
    }

    func insert(_ link: ShortLink) {
        generations.withLock { Self.keep(link, in: &$0, halfCapacity) }
    }

    private static func keep(_ link: ShortLink, in all: inout Generations, _ halfCapacity: Int) {
        if all.young.count >= halfCapacity {
            all.old = all.young
            all.young.removeAll(keepingCapacity: true)
        }
        all.young[link.link.code] = link
    }

    /// Links that are kept now; one that is in both generations counts twice.
    var count: Int { generations.withLock { $0.young.count + $0.old.count } }
}
