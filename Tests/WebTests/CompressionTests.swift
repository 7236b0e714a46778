import CZlib
import Foundation
import Testing

@testable import Web

@Suite struct CompressionTests {
    @Test(arguments: [
        ("gzip, deflate, br", true), ("br;q=1.0, gzip;q=0.5", true), ("*", true), ("*;q=0", false),
        ("gzip;q=0, *", false), ("deflate, br", false), ("", false), ("GZIP", true),
    ])
    func clientsSayWhatTheyTake(header: String, takes: Bool) {
        #expect(CompressionMiddleware.takesGzip(header) == takes)
        #expect(!CompressionMiddleware.takesGzip(nil))
    }

    /// What zlib's reader of gzip files reads is what was packed.
    @Test(arguments: [0, 1, 1_000, 200_000])
    func packedIsUnpackedByOthers(count: Int) throws {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 31) ^ ($0 >> 7)) }
        let packed = try #require(Gzip.packed(text))
        let directory = FileManager.default.temporaryDirectory
        let file = directory.appending(path: "pantau-gzip-\(UInt64.random(in: 0 ... .max))")
        try Data(packed).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let stream = gzopen(file.path, "rb")
        var unpacked = [UInt8](repeating: 0, count: count + 1)
        let length = gzread(stream, &unpacked, UInt32(count + 1))
        #expect(gzclose(stream) == Z_OK)
        #expect(length == Int32(count))
        #expect(Array(unpacked.prefix(count)) == text)
    }
}
