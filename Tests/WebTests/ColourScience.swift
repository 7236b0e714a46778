import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A colour as light: linear sRGB.
struct Light: Hashable {
    var red: Double
    var green: Double
    var blue: Double

    /// `#0b6e55`.
    init?(hex: some StringProtocol) {
        guard hex.hasPrefix("#"), hex.count == 7, let value = Int(hex.dropFirst(), radix: 16) else { return nil }
        let linear = { (byte: Int) -> Double in
            let share = Double(byte & 255) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        self.init(red: linear(value >> 16), green: linear(value >> 8), blue: linear(value))
    }

    init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Relative luminance, WCAG 2.
    var luminance: Double { 0.2126 * red + 0.7152 * green + 0.0722 * blue }

    /// 1 … 21, WCAG 2.
    func contrast(_ other: Light) -> Double {
        let (a, b) = (max(luminance, other.luminance), min(luminance, other.luminance))
        return (a + 0.05) / (b + 0.05)
    }

    /// Distance in OKLab (Ottosson 2020): 0.02 is about the least that can be seen.
    func distance(_ other: Light) -> Double {
        zip(oklab, other.oklab).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private var oklab: [Double] {
        let (r, g, b) = (min(1, max(0, red)), min(1, max(0, green)), min(1, max(0, blue)))
        let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
        let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
        let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
        return [
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
        ]
    }

    func seen(by eyes: Eyes) -> Light {
        let m = eyes.matrix
        return Light(
            red: m[0] * red + m[1] * green + m[2] * blue, green: m[3] * red + m[4] * green + m[5] * blue,
            blue: m[6] * red + m[7] * green + m[8] * blue)
    }
}

/// Ways of seeing colour. Matrices of Machado, Oliveira and Fernandes (2009) at full severity, for linear light.
enum Eyes: String, CaseIterable, CustomTestStringConvertible {
    case usual, protanopia, deuteranopia, tritanopia

    var matrix: [Double] {
        switch self {
        case .usual: [1, 0, 0, 0, 1, 0, 0, 0, 1]
        case .protanopia:
            [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]
        case .deuteranopia:
            [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]
        case .tritanopia:
            [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]
        }
    }
    var testDescription: String { rawValue }
}
