import HTTPTypes
import Hummingbird
import NIOCore

extension WebContext {
    /// Whom failed sign-ins are counted for: the peer's address, or what the nearest proxy says that it saw. Only a
    /// proxy that is known to be there is believed, and only its own word, the last; the rest anybody could write.
    package func clientAddress(_ request: Request, isBehindProxy: Bool) -> String {
        let isTrusted = isBehindProxy || remoteAddress.map(Self.isLoopback) == true
        if isTrusted, let name = HTTPFieldNames.proxied.first, let said = request.headers[name],
            let last = said.split(separator: ",").last
        {
            return Self.network(of: last.filter { $0 != " " })
        }
        return Self.network(of: remoteAddress?.ipAddress ?? "")
    }

    /// Of IPv6 the first four groups: one household or server has all that follow.
    private static func network(of address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return String(address.prefix(64)) }
        guard let parsed = try? SocketAddress(ipAddress: String(address.prefix(64)), port: 0), case .v6(let v6) = parsed
        else { return String(address.prefix(64)) }
        // Family, port and flow stand before the address itself.
        return withUnsafeBytes(of: v6.address) { bytes in
            bytes.dropFirst(8).prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
        }
    }
}
