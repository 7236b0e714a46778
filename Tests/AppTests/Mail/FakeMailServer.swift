import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A mail server that speaks SMTP as it is told to, and keeps what it heard.
final class FakeMailServer: Sendable {
    struct Manner: Sendable {
        var tls: TestCertificate?
        var isImplicit = false
        var abilities = ["AUTH PLAIN LOGIN", "8BITMIME", "SIZE 1000000"]
        var offersStartTLS = true
        /// Answers by how a command begins, instead of the usual ones. Empty: silence.
        var answers: [String: String] = [:]
        var greeting = "220 mail.example ready"
        /// Sends every answer byte by byte.
        var stammers = false
        /// Written behind the answer to STARTTLS before the line is protected.
        var injected = ""
        /// Hangs up at a command that begins so.
        var hangsUpAt: String?
    }

    /// What was heard, in order, with whether the line was protected. Letters are one entry, `DATA:` before them.
    private let heard = Mutex<[String]>([])
    private let channel: any Channel

    var transcript: [String] { heard.withLock { $0 } }
    var letters: [String] { transcript.filter { $0.hasPrefix("DATA:") }.map { String($0.dropFirst(5)) } }
    var port: Int { channel.localAddress?.port ?? 0 }

    private init(channel: any Channel) { self.channel = channel }

    static func with<Result: Sendable>(
        _ manner: Manner, _ body: (FakeMailServer) async throws -> Result
    ) async throws -> Result {
        let box = Box()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if manner.isImplicit, let tls = manner.tls {
                        try channel.pipeline.syncOperations.addHandler(try Self.handler(tls))
                    }
                    try channel.pipeline.syncOperations.addHandler(Session(manner) { line in box.hear(line) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = FakeMailServer(channel: channel)
        box.server.withLock { $0 = server }
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    private final class Box: Sendable {
        let server = Mutex<FakeMailServer?>(nil)
        func hear(_ line: String) { server.withLock { $0 }?.heard.withLock { $0.append(line) } }
    }

    fileprivate static func handler(_ tls: TestCertificate) throws -> NIOSSLServerHandler {
        let configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(tls.certificate)], privateKey: .privateKey(tls.key))
        return NIOSSLServerHandler(context: try NIOSSLContext(configuration: configuration))
    }

    private final class Session: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let manner: Manner
        private let hear: (String) -> Void
        private var buffer = ""
        private var isSecure: Bool
        private var isData = false
        private var loginSteps = 0

        init(_ manner: Manner, _ hear: @escaping (String) -> Void) {
            self.manner = manner
            self.hear = hear
            isSecure = manner.isImplicit
        }

        func channelActive(context: ChannelHandlerContext) { say(manner.greeting, context) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            buffer += String(buffer: unwrapInboundIn(data))
            while true {
                if isData {
                    guard let end = buffer.firstRange(of: "\r\n.\r\n") else { return }
                    hear("DATA:" + buffer[..<end.lowerBound] + "\r\n")
                    buffer = String(buffer[end.upperBound...])
                    isData = false
                    say(manner.answers["."] ?? "250 2.0.0 queued", context)
                } else {
                    guard let end = buffer.firstRange(of: "\r\n") else { return }
                    let line = String(buffer[..<end.lowerBound])
                    buffer = String(buffer[end.upperBound...])
                    take(line, context)
                }
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

        private func take(_ line: String, _ context: ChannelHandlerContext) {
            hear((isSecure ? "tls " : "plain ") + line)
            if let at = manner.hangsUpAt, line.hasPrefix(at) { return context.close(promise: nil) }
            if let answer = manner.answers.first(where: { line.hasPrefix($0.key) })?.value {
                return say(answer, context)
            }
            if loginSteps > 0 {
                loginSteps = 0
                return say("235 2.7.0 welcome", context)
            }
            switch line.prefix(4) {
            case "EHLO":
                var lines = ["mail.example"] + manner.abilities
                if manner.offersStartTLS, !isSecure { lines.append("STARTTLS") }
                let answer = lines.enumerated().map { index, text in
                    "250\(index == lines.count - 1 ? " " : "-")\(text)"
                }
                say(answer.joined(separator: "\r\n"), context)
            case "STAR": startTLS(context)
            case "AUTH":
                if line.hasPrefix("AUTH LOGIN") {
                    loginSteps = 1
                    say("334 UGFzc3dvcmQ6", context)
                } else {
                    say("235 2.7.0 welcome", context)
                }
            case "DATA":
                isData = true
                say("354 go on", context)
            case "QUIT":
                say("221 bye", context)
                context.close(promise: nil)
            default: say("250 ok", context)
            }
        }

        private func startTLS(_ context: ChannelHandlerContext) {
            say("220 go ahead" + (manner.injected.isEmpty ? "" : "\r\n" + manner.injected), context)
            guard let tls = manner.tls, let handler = try? FakeMailServer.handler(tls) else { return }
            isSecure = true
            try? context.pipeline.syncOperations.addHandler(handler, position: .first)
        }

        private func say(_ text: String, _ context: ChannelHandlerContext) {
            guard !text.isEmpty else { return }
            if manner.stammers {
                for byte in (text + "\r\n").utf8 {
                    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: [byte])), promise: nil)
                }
            } else {
                context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
            }
        }
    }
}
