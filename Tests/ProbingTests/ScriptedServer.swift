import NIOCore
import NIOPosix
import OpenSSLTLS

/// A server on loopback that does what a script says: its first acts at once, the next ones after each message.
struct ScriptedServer: Sendable {
    indirect enum Act: Sendable {
        case say(String)
        case sayBytes([UInt8])
        /// Begin TLS as the server.
        case secure(TLSContext)
        /// From here on bytes are no messages; the next of them set off these acts.
        case afterBytes([Act])
        /// The same bytes again and again, as fast as they are taken.
        case flood(String)
        /// One byte every few milliseconds, for ever.
        case drip(String)
        case close
        /// Close with RST.
        case reset
    }

    struct Script: Sendable {
        /// What ends a message of the client: a line's end for SMTP, an empty line for HTTP.
        var delimiter = "\r\n"
        /// TLS from the first byte.
        var context: TLSContext?
        var acts: [[Act]]
    }

    let port: Int
    let log: ServerLog

    /// Runs `body` beside a server. The first connection follows the first script; those past the end, the last.
    static func run<Value: Sendable>(
        _ scripts: [Script], address: String = "127.0.0.1", port: Int = 0,
        _ body: (ScriptedServer) async throws -> Value
    ) async throws -> Value {
        let log = ServerLog()
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.backlog, value: 512)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    let number = log.note { entries in
                        entries.connections += 1
                        return entries.connections
                    }
                    let pipeline = child.pipeline.syncOperations
                    let script = scripts[min(number, scripts.count) - 1]
                    if let context = script.context {
                        try pipeline.addHandler(TLSHandler(context: context, role: .server))
                    }
                    try pipeline.addHandler(ScriptHandler(script, log))
                }
            }
            .bind(host: address, port: port).get()
        let result: Result<Value, any Error>
        do {
            result = .success(
                try await body(ScriptedServer(port: channel.localAddress?.port ?? 0, log: log)))
        } catch {
            result = .failure(error)
        }
        try await channel.close()
        return try result.get()
    }

    /// A port of loopback on which nobody listens now.
    static func deadPort(address: String = "127.0.0.1") async throws -> Int {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: address, port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }
}
