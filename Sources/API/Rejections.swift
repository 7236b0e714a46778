import Connectors
import Domain

/// What is wrong with the records of a body that cannot be used: all are counted, the first are listed.
struct Rejections {
    private(set) var count = 0
    private(set) var listed: [RecordProblem] = []

    /// An answer lists no more than this: a file of the wrong kind has nothing but bad records.
    static let listedMax = 100

    mutating func add(_ problem: RecordProblem) {
        count += 1
        if listed.count < Self.listedMax { listed.append(problem) }
    }

    func write(to writer: inout JSONWriter, _ language: Language) {
        writer.member("rejected_count", count)
        writer.member(
            "rejected",
            array: {
                for problem in listed {
                    $0.object {
                        $0.member("index", problem.record)
                        $0.member("detail", problem.message(language))
                    }
                }
            })
    }
}
