/// A 64-bit hash that is the same in every process and on every machine (FNV-1a with a final mix), for keys
/// that are stored. Not against adversaries: whoever relies on equality compares the original too.
package struct StableHash: Sendable {
    private var state: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    package mutating func combine(_ text: String?) {
        guard let text else {
            combine(byte: 0xff)
            return
        }
        for byte in text.utf8 { combine(byte: byte) }
        // Ends the piece, so that ("ab", "c") and ("a", "bc") differ. 0xfe and 0xff never occur in UTF-8.
        combine(byte: 0xfe)
    }

    package mutating func combine(bytes: UnsafeRawBufferPointer) {
        for byte in bytes { combine(byte: byte) }
    }

    @inline(__always)
    private mutating func combine(byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }

    package var value: UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
