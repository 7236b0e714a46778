/// Things waiting for their time, earliest first; of equal times the one that was added first.
///
/// The order of equal keys is part of what makes a run repeatable, so it is kept explicitly.
struct Heap<Element: Sendable>: Sendable {
    private struct Node: Sendable {
        var time: Int64
        var order: UInt64
        var element: Element

        func precedes(_ other: Node) -> Bool { time != other.time ? time < other.time : order < other.order }
    }

    private var nodes: [Node] = []
    private var added: UInt64 = 0

    var count: Int { nodes.count }
    var nextTime: Int64? { nodes.first?.time }

    mutating func add(_ element: Element, at time: Int64) {
        nodes.append(Node(time: time, order: added, element: element))
        added &+= 1
        var child = nodes.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard nodes[child].precedes(nodes[parent]) else { return }
            nodes.swapAt(child, parent)
            child = parent
        }
    }

    /// The earliest element if its time is before `end`.
    mutating func popFirst(before end: Int64) -> (time: Int64, element: Element)? {
        guard let first = nodes.first, first.time < end else { return nil }
        let last = nodes.removeLast()
        guard !nodes.isEmpty else { return (first.time, first.element) }
        nodes[0] = last
        sink()
        return (first.time, first.element)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            let left = parent * 2 + 1
            guard left < nodes.count else { return }
            let right = left + 1
            let child = right < nodes.count && nodes[right].precedes(nodes[left]) ? right : left
            guard nodes[child].precedes(nodes[parent]) else { return }
            nodes.swapAt(child, parent)
            parent = child
        }
    }
}
