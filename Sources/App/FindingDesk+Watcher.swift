import API
import Domain
import Insights
import Pipeline

extension FindingDesk {
    /// Everything that people do goes through the one who keeps findings.
    init(_ watcher: Watcher) {
        self.init(
            acknowledge: { id, person in
                try await watcher.act { (book, now) throws(Failure) in try book.acknowledge(id, by: person, at: now) }
            },
            unacknowledge: { id, person in
                try await watcher.act { (book, now) throws(Failure) in try book.unacknowledge(id, by: person, at: now) }
            },
            mute: { id, until, person in
                try await watcher.act { (book, now) throws(Failure) in
                    try book.mute(id, until: until, by: person, at: now)
                }
            },
            unmute: { id, person in
                try await watcher.act { (book, now) throws(Failure) in try book.unmute(id, by: person, at: now) }
            },
            comment: { id, text, person in
                try await watcher.act { (book, now) throws(Failure) in
                    try book.comment(id, text, by: person, at: now)
                }
            })
    }
}
