import Alerts
import Domain
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Brings letters to a mail server: one connection a letter, TLS with verified certificates.
package struct SMTPClient: Sendable {
    /// Longest wait for the connection and for each answer. RFC 5321 allows minutes; a message tried again in a
    /// moment is better than a line that is kept busy.
    package var answerSeconds: Int64
    /// Certificates to trust besides those of the system: for a mail server with its own authority.
    private let trusted: [NIOSSLCertificate]
    private let group: any EventLoopGroup

    package init(
        answerSeconds: Int64 = 60, trusting trusted: [NIOSSLCertificate] = [],
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.answerSeconds = answerSeconds
        self.trusted = trusted
        self.group = group
    }

    private typealias Line = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    package func send(_ order: MailOrder) async -> DispatchResult {
        guard order.server.security != .plain || order.server.isLoopback || order.server.allowsPlain else {
            return .givenUp(
                Text(
                    id: "Tanpa enkripsi hanya untuk server email di mesin ini.",
                    en: "Without encryption only for a mail server on this machine."))
        }
        let watch = Watch()
        do {
            let line = try await connect(order.server, watch)
            return try await line.executeThenClose { inbound, outbound in
                try await converse(order, line.channel, inbound, outbound, watch)
            }
        } catch {
            return Self.result(of: watch.fault ?? error, isLate: watch.isLate)
        }
    }

    private func connect(_ server: MailServer, _ watch: Watch) async throws -> Line {
        try await ClientBootstrap(group: group)
            .connectTimeout(.seconds(answerSeconds))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .connect(host: server.host, port: server.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if server.security == .tls {
                        try channel.pipeline.syncOperations.addHandler(handler(for: server))
                    }
                    try channel.pipeline.syncOperations.addHandler(FaultCatcher(watch))
                    return try Line(wrappingChannelSynchronously: channel)
                }
            }
    }

    private func handler(for server: MailServer) throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if !trusted.isEmpty { configuration.additionalTrustRoots = [.certificates(trusted)] }
        let context = try NIOSSLContext(configuration: configuration)
        // An address is no server name in TLS; its certificate is then checked against the address itself.
        let isAddress = (try? SocketAddress(ipAddress: server.host, port: server.port)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : server.host)
    }

    private func converse(
        _ order: MailOrder, _ channel: any Channel, _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>, _ watch: Watch
    ) async throws -> DispatchResult {
        var answers = inbound.makeAsyncIterator()
        var reader = SMTPReplyReader()
        var dialogue = SMTPDialogue(order)
        while true {
            var reply = try reader.next()
            if reply == nil {
                let alarm = watch.arm(channel, seconds: answerSeconds)
                defer { alarm.cancel() }
                while reply == nil {
                    guard let bytes = try await answers.next() else { throw HungUp() }
                    reader.feed(bytes.readableBytesView)
                    reply = try reader.next()
                }
            }
            guard let reply else { throw HungUp() }
            var action = dialogue.take(reply)
            if action == .startTLS {
                // What came behind the answer was written before the line was protected: by whom, nobody knows.
                guard !reader.hasLeftover else { throw SMTPReplyError.malformed }
                try await channel.eventLoop.submit {
                    try channel.pipeline.syncOperations.addHandler(handler(for: order.server), position: .first)
                }.get()
                action = dialogue.secured()
            }
            switch action {
            case .startTLS: throw SMTPReplyError.malformed
            case .write(let bytes):
                let alarm = watch.arm(channel, seconds: answerSeconds)
                defer { alarm.cancel() }
                try await outbound.write(ByteBuffer(bytes: bytes))
            case .finish(let result):
                // A letter that was taken is taken, however the goodbye goes.
                try? await outbound.write(ByteBuffer(string: "QUIT\r\n"))
                return result
            }
        }
    }

    private struct HungUp: Error {}

    /// Closes the line when an answer stays away, and remembers what TLS said: whoever reads or writes when it fails
    /// may only learn that the line is closed.
    private final class Watch: Sendable {
        private let late = Mutex(false)
        private let first = Mutex<(any Error)?>(nil)
        var isLate: Bool { late.withLock { $0 } }
        var fault: (any Error)? { first.withLock { $0 } }

        func note(_ error: any Error) { first.withLock { $0 = $0 ?? error } }

        func arm(_ channel: any Channel, seconds: Int64) -> Scheduled<Void> {
            channel.eventLoop.scheduleTask(in: .seconds(seconds)) {
                self.late.withLock { $0 = true }
                channel.close(promise: nil)
            }
        }
    }

    private final class FaultCatcher: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private let watch: Watch

        init(_ watch: Watch) { self.watch = watch }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if SMTPClient.isTLS(error) { watch.note(error) }
            context.fireErrorCaught(error)
        }
    }

    private static func isTLS(_ error: any Error) -> Bool {
        error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
    }

    /// All of these may mend themselves: a name that does not resolve, a server that restarts, a certificate that is
    /// renewed.
    private static func result(of error: any Error, isLate: Bool) -> DispatchResult {
        if isLate {
            return .retry(
                Text(
                    id: "Server email terlalu lama tidak menjawab.", en: "The mail server took too long to answer."),
                after: nil)
        }
        switch error {
        case _ where isTLS(error):
            return .retry(
                Text(
                    id: "Sambungan TLS ke server email gagal: sertifikatnya tidak dipercaya atau bukan untuk nama ini, "
                        + "atau portnya bukan port TLS. Periksa nama, port, dan jenis keamanannya.",
                    en: "TLS to the mail server failed: its certificate is not trusted or not for this name, or the "
                        + "port is none for TLS. Check name, port and kind of security."), after: nil)
        case is SMTPReplyError:
            return .retry(
                Text(
                    id: "Yang menjawab bukan server email. Periksa nama dan portnya.",
                    en: "What answers is no mail server. Check name and port."), after: nil)
        default:
            return .retry(
                Text(
                    id: "Server email tidak terjangkau atau memutus sambungan. Periksa nama dan portnya.",
                    en: "The mail server cannot be reached or hung up. Check name and port."), after: nil)
        }
    }
}
