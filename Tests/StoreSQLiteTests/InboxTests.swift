import Domain
import Foundation
import Storage
import StoreSQLite
import TestSupport
import Testing

/// The durable inbox, on real files.
@Suite struct InboxTests {
    private static let start = Instant(seconds: 1_780_272_000)

    @Test(.timeLimit(.minutes(10))) func sequencesHaveNoGapsUnderConcurrency() async throws {
        try await withInbox { inbox, _ in
            let count = 4_000
            let sequences = try await withThrowingTaskGroup(of: (Int, Int64).self) { group in
                for number in 0..<count {
                    group.addTask {
                        let body = Self.body(number)
                        return (number, try await inbox.append(body, source: .metaWebhook, receivedAt: Self.start))
                    }
                }
                return try await group.reduce(into: [Int64: Int]()) { $0[$1.1] = $1.0 }
            }
            #expect(Set(sequences.keys) == Set(1...Int64(count)))
            #expect(try await inbox.lastSequence() == Int64(count))
            // Each sequence holds the bytes of the append that was given it.
            let all = try await Self.all(inbox)
            #expect(all.map(\.sequence) == Array(1...Int64(count)))
            for delivery in all { #expect(delivery.body == sequences[delivery.sequence].map(Self.body)) }
        }
    }

    @Test func oneWriterAfterAnotherGetsIncreasingSequences() async throws {
        try await withInbox { inbox, _ in
            var last: Int64 = 0
            for number in 0..<50 {
                let sequence = try await inbox.append(
                    Self.body(number), source: number % 3 == 0 ? .sendLog : .metaWebhook, receivedAt: Self.start)
                #expect(sequence == last + 1)
                last = sequence
            }
            let all = try await Self.all(inbox)
            #expect(all.map(\.source) == (0..<50).map { $0 % 3 == 0 ? .sendLog : .metaWebhook })
        }
    }

    @Test func everythingIsThereAfterReopening() async throws {
        try await withDirectory { directory in
            let path = directory.appending(path: "inbox.sqlite").path
            for round in 0..<5 {
                let inbox = try SQLiteInbox(path: path)
                #expect(try await inbox.lastSequence() == Int64(round * 20))
                try await Self.fill(inbox, from: round * 20, count: 20)
                await inbox.close()
            }
            let inbox = try SQLiteInbox(path: path)
            #expect(try await Self.all(inbox).map(\.body) == (0..<100).map(Self.body))
            await inbox.close()
        }
    }

    @Test func readsFromAnyPointWithAnyLimit() async throws {
        try await withInbox { inbox, _ in
            try await Self.fillConcurrently(inbox, count: 300)
            let all = try await Self.all(inbox)
            for after in stride(from: Int64(0), through: 300, by: 7) {
                for bytesMax in [1, 500, 10_000_000] {
                    let read = try await inbox.read(after: after, bytesMax: bytesMax)
                    #expect(read == Array(all.dropFirst(Int(after)).prefix(read.count)))
                    #expect(!read.isEmpty || after == 300)
                }
            }
            #expect(try await inbox.read(after: 300, bytesMax: 1_000).isEmpty)
            #expect(try await inbox.read(after: 9_999, bytesMax: 1_000).isEmpty)
        }
    }

    @Test func bodiesOfEverySizeAndContentComeBackAsTheyWere() async throws {
        try await withInbox { inbox, _ in
            var dice = Dice(seed: 6)
            let bodies: [[UInt8]] = [0, 1, 12, 13, 14, 4_096, 65_537, 4 * 1024 * 1024].map { count in
                (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
            }
            for body in bodies { try await inbox.append(body, source: .metaWebhook, receivedAt: Self.start) }
            #expect(try await Self.all(inbox).map(\.body) == bodies)
            try await inbox.compact(before: .distantFuture, projectedTo: .max)
            #expect(try await Self.all(inbox).map(\.body) == bodies)
        }
    }

    // MARK: Compaction

    @Test func compactionKeepsEverythingReadable() async throws {
        try await withInbox { inbox, _ in
            try await Self.fill(inbox, from: 0, count: 600)
            let before = try await Self.all(inbox)
            #expect(try await inbox.compact(before: .distantFuture, projectedTo: 400) == 400)
            #expect(try await Self.all(inbox) == before)
            // Again: what is compressed stays as it is.
            #expect(try await inbox.compact(before: .distantFuture, projectedTo: 400) == 0)
            for after in stride(from: Int64(0), to: 600, by: 37) {
                let read = try await inbox.read(after: after, bytesMax: 1)
                #expect(read.first?.sequence == after + 1)
                #expect(try await inbox.receivedAt(after: after) != nil)
            }
            // What comes next goes on behind it, and the rest is compressed later.
            try await Self.fill(inbox, from: 600, count: 10)
            #expect(try await inbox.lastSequence() == 610)
            #expect(try await inbox.compact(before: .distantFuture, projectedTo: .max) == 210)
            #expect(try await Self.all(inbox).map(\.body) == (0..<610).map(Self.body))
        }
    }

    @Test func compactionLeavesWhatIsYoungOrNotCountedYet() async throws {
        try await withInbox { inbox, _ in
            for number in 0..<100 {
                try await inbox.append(
                    Self.body(number), source: .metaWebhook, receivedAt: Self.start.adding(seconds: Int64(number)))
            }
            #expect(try await inbox.compact(before: Self.start.adding(seconds: 40), projectedTo: .max) == 40)
            #expect(try await inbox.compact(before: Self.start, projectedTo: .max) == 0)
            #expect(try await inbox.compact(before: .distantFuture, projectedTo: 40) == 0)
            #expect(try await Self.all(inbox).map(\.receivedAt.seconds) == (0..<100).map { Self.start.seconds + $0 })
        }
    }

    @Test(.timeLimit(.minutes(10))) func compactionWhileDeliveriesArrive() async throws {
        try await withInbox { inbox, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await Self.fillConcurrently(inbox, count: 1_000) }
                group.addTask {
                    for _ in 0..<10 {
                        let last = try await inbox.lastSequence()
                        try await inbox.compact(before: .distantFuture, projectedTo: last)
                        #expect(try await Self.all(inbox).count >= Int(last))
                    }
                }
                try await group.waitForAll()
            }
            #expect(Set(try await Self.all(inbox).map(\.body)) == Set((0..<1_000).map(Self.body)))
        }
    }

    @Test func receiptTimeOfTheNextDelivery() async throws {
        try await withInbox { inbox, _ in
            #expect(try await inbox.receivedAt(after: 0) == nil)
            for number in 0..<3 {
                try await inbox.append(
                    Self.body(number), source: .metaWebhook, receivedAt: Self.start.adding(seconds: Int64(number)))
            }
            #expect(try await inbox.receivedAt(after: 0) == Self.start)
            #expect(try await inbox.receivedAt(after: 2) == Self.start.adding(seconds: 2))
            #expect(try await inbox.receivedAt(after: 3) == nil)
        }
    }

    // MARK: Refusals

    @Test func refusesMoreOnceClosed() async throws {
        try await withInbox { inbox, _ in
            try await Self.fill(inbox, from: 0, count: 3)
            await inbox.close()
            let failure = await #expect(throws: Failure.self) {
                try await inbox.append([1], source: .metaWebhook, receivedAt: Self.start)
            }
            #expect(failure?.code == .unavailable)
        }
    }

    /// 64 MiB may wait for the disk; what comes then is told to come back, and nothing of it is stored.
    @Test(.timeLimit(.minutes(10))) func backPressure() async throws {
        try await withInbox { inbox, _ in
            let body = [UInt8](repeating: 0x20, count: Limits.webhookBodyBytesMax)
            let results = await withTaskGroup(of: Failure?.self) { group in
                for _ in 0..<60 {
                    group.addTask {
                        do {
                            try await inbox.append(body, source: .metaWebhook, receivedAt: Self.start)
                            return nil
                        } catch {
                            return error as? Failure ?? Failure(.internal, id: "", en: "\(error)")
                        }
                    }
                }
                return await group.reduce(into: [Failure?]()) { $0.append($1) }
            }
            let refused = results.compactMap { $0 }
            #expect(refused.allSatisfy { $0.code == .unavailable })
            // Exactly what was acknowledged is there.
            #expect(try await inbox.lastSequence() == Int64(results.count - refused.count))
            // It takes in again once the disk has caught up.
            try await inbox.append([0x7b], source: .metaWebhook, receivedAt: Self.start)
        }
    }

    // MARK: Damage

    /// Bytes overwritten all over the file: an error wherever they matter, never a crash and never other bytes.
    @Test(arguments: 0..<8) func damageIsAnErrorNotACrash(seed: Int) async throws {
        try await withDirectory { directory in
            let path = directory.appending(path: "inbox.sqlite")
            let bodies = (0..<200).map { Self.body($0) + [UInt8](repeating: 0x41, count: 2_000) }
            try await Self.write(bodies, path.path)
            var dice = Dice(seed: UInt64(seed))
            var bytes = try Data(contentsOf: path)
            #expect(bytes.count > 200_000)
            for _ in 0..<(1 << seed) {
                let offset = Int.random(in: 4_096..<(bytes.count - 512), using: &dice)
                for index in offset..<(offset + 512) { bytes[index] = UInt8.random(in: 0...255, using: &dice) }
            }
            try bytes.write(to: path)
            guard let inbox = try? SQLiteInbox(path: path.path) else { return }
            _ = try? await inbox.read(after: 0, bytesMax: .max)
            _ = try? await inbox.receivedAt(after: 100)
            _ = try? await inbox.compact(before: .distantFuture, projectedTo: .max)
            _ = try? await inbox.append(Self.body(1), source: .metaWebhook, receivedAt: Self.start)
            await inbox.close()
        }
    }

    // MARK: Parts

    private func withInbox(_ body: (SQLiteInbox, URL) async throws -> Void) async throws {
        try await withDirectory { directory in
            let inbox = try SQLiteInbox(path: directory.appending(path: "inbox.sqlite").path)
            try await body(inbox, directory)
            await inbox.close()
        }
    }

    private static func write(_ bodies: [[UInt8]], _ path: String) async throws {
        let inbox = try SQLiteInbox(path: path)
        for body in bodies { try await inbox.append(body, source: .metaWebhook, receivedAt: start) }
        await inbox.close()
    }

    private static func body(_ number: Int) -> [UInt8] { Array("{\"n\":\(number)}".utf8) }

    private static func fill(_ inbox: SQLiteInbox, from first: Int, count: Int) async throws {
        for number in first..<(first + count) {
            try await inbox.append(body(number), source: .metaWebhook, receivedAt: start)
        }
    }

    private static func fillConcurrently(_ inbox: SQLiteInbox, count: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                group.addTask { try await inbox.append(body(number), source: .metaWebhook, receivedAt: start) }
            }
            try await group.waitForAll()
        }
    }

    private static func all(_ inbox: SQLiteInbox) async throws -> [Delivery] {
        var all: [Delivery] = []
        while true {
            let read = try await inbox.read(after: all.last?.sequence ?? 0, bytesMax: 1 << 20)
            if read.isEmpty { return all }
            all += read
        }
    }
}
