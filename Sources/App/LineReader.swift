import CZlib
import Domain
import Foundation

/// Lines of a file, gzip or plain, one after another, without the file in memory.
struct LineReader: ~Copyable {
    private let file: gzFile
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false
    /// Bytes of the file (compressed, if it is) read so far; for progress.
    var bytesRead: Int64 { Int64(gzoffset(file)) }

    private static let chunkBytes = 1 << 20
    /// A longer line is no delivery: it is cut here and reported as not JSON.
    private static let lineBytesMax = 64 << 20

    init(path: String) throws {
        guard FileManager.default.isReadableFile(atPath: path), let file = gzopen(path, "rb") else {
            throw Failure(
                .notFound, id: "Berkas \(path) tidak ada atau tidak dapat dibaca.",
                en: "The file \(path) does not exist or cannot be read.")
        }
        self.file = file
        gzbuffer(file, UInt32(Self.chunkBytes))
    }

    deinit { gzclose(file) }

    /// The next line without its end; nil after the last. Throws when the compressed data is damaged.
    mutating func next() throws -> [UInt8]? {
        while true {
            if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
                var line = buffer[position..<end]
                position = end + 1
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                return Array(line)
            }
            if isAtEnd || buffer.count - position > Self.lineBytesMax {
                guard position < buffer.count else { return nil }
                defer { position = buffer.count }
                return Array(buffer[position...])
            }
            try fill()
        }
    }

    private mutating func fill() throws {
        buffer.removeFirst(position)
        position = 0
        let start = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: Self.chunkBytes))
        let count = buffer.withUnsafeMutableBytes { bytes in
            gzread(file, bytes.baseAddress.map { $0 + start }, UInt32(Self.chunkBytes))
        }
        guard count >= 0 else {
            throw Failure(
                .malformed, id: "Berkas gzip rusak atau terpotong.", en: "The gzip file is damaged or cut short.")
        }
        buffer.removeLast(Self.chunkBytes - Int(count))
        isAtEnd = count == 0
    }
}
