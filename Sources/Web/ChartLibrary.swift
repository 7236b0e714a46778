#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Chart.js as this machine has it: from Pantau's own folder, or from the package of the system. It is read once, at
/// start, and served from here, because pages load nothing from other hosts.
package struct ChartLibrary: Sendable {
    package let path: String
    package let asset: Asset

    /// The one of this process; nil when none is installed. Then charts are shown as tables.
    package static let installed: ChartLibrary? = places(executable: executablePath).lazy.compactMap(Self.init).first

    /// What brings it.
    package static let remedy = "apt install libjs-chart.js"

    /// Where it is looked for, the nearest first.
    package static func places(executable: String?) -> [String] {
        var places: [String] = []
        if let executable {
            let parts = executable.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
            places.append(parts.joined(separator: "/") + "/share/pantau/chart.min.js")
        }
        let roots = ["/usr/share", "/usr/local/share", "/opt/homebrew/share"]
        places += roots.flatMap { ["\($0)/pantau/chart.min.js", "\($0)/javascript/chart.js/chart.min.js"] }
        var known: Set<String> = []
        return places.filter { known.insert($0).inserted }
    }

    /// Nil when there is no such file, or what is there is no script of a sensible size.
    package init?(path: String) {
        guard let bytes = Self.read(path), bytes.count > 10_000 else { return nil }
        self.path = path
        asset = Asset(name: "chart.js", type: "text/javascript; charset=utf-8", bytes: bytes)
    }

    private static let bytesMax = 4 << 20

    private static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        let count = fread(&bytes, 1, bytes.count, file)
        guard count > 0, count < bytesMax else { return nil }
        return Array(bytes[..<count])
    }

    private static var executablePath: String? {
        guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
