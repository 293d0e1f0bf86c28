import Evidence
import MTASTS
import NIOCore
import NIOPosix
import OpenSSLTLS

/// A client that speaks line by line over a real socket, and TLS when told to.
final class TalkClient {
    enum Event: Sendable {
        case bytes([UInt8])
        case handshake(TLSHandshake)
        case failed(TLSError)
    }

    let channel: any Channel
    private var events: AsyncStream<Event>.AsyncIterator
    private var buffer: [UInt8] = []
    private(set) var handshake: TLSHandshake?
    private(set) var failure: TLSError?

    private init(_ channel: any Channel, _ events: AsyncStream<Event>) {
        self.channel = channel
        self.events = events.makeAsyncIterator()
    }

    /// - Parameter tls: begins TLS at once, as HTTPS does.
    static func connect(
        _ address: IPAddress, _ port: Int, tls: (TLSContext, DomainName?)? = nil
    ) async throws -> TalkClient {
        let (stream, sink) = AsyncStream.makeStream(of: Event.self)
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let (context, name) = tls {
                        try pipeline.addHandler(TLSHandler(context: context, role: .client(serverName: name)))
                    }
                    try pipeline.addHandler(TalkHandler(sink))
                }
            }
            .connect(to: SocketAddress(ipAddress: address.description, port: port)).get()
        return TalkClient(channel, stream)
    }

    /// The next line without its end; nil when the peer has closed.
    func line() async -> String? {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = buffer[..<end]
                buffer.removeSubrange(...end)
                return String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            }
            guard await more() else { return nil }
        }
    }

    /// The lines of one SMTP reply; what came of it when the peer closes.
    func reply() async -> [String] {
        var lines: [String] = []
        while let line = await line() {
            lines.append(line)
            if line.utf8.dropFirst(3).first != UInt8(ascii: "-") { break }
        }
        return lines
    }

    /// Everything until the peer closes.
    func rest() async -> String {
        while await more() {}
        defer { buffer = [] }
        return String(decoding: buffer, as: UTF8.self)
    }

    func say(_ line: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: line + "\r\n"))
    }

    /// Says a line and gives the reply.
    func ask(_ line: String) async throws -> [String] {
        try await say(line)
        return await reply()
    }

    /// Begins TLS in the middle of the conversation; nil when the handshake fails, and then see `failure`.
    func startTLS(_ context: TLSContext, _ name: DomainName?) async throws -> TLSHandshake? {
        let channel = channel
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(
                TLSHandler(context: context, role: .client(serverName: name)), position: .first)
        }.get()
        while handshake == nil, failure == nil, await more() {}
        return handshake
    }

    func close() async {
        try? await channel.close()
    }

    /// False when nothing more will come.
    private func more() async -> Bool {
        switch await events.next() {
        case .bytes(let bytes)?: buffer += bytes
        case .handshake(let handshake)?: self.handshake = handshake
        case .failed(let failure)?: self.failure = self.failure ?? failure
        case nil: return false
        }
        return true
    }
}

private final class TalkHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let sink: AsyncStream<TalkClient.Event>.Continuation

    init(_ sink: AsyncStream<TalkClient.Event>.Continuation) {
        self.sink = sink
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        sink.yield(.bytes(Array(unwrapInboundIn(data).readableBytesView)))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let handshake = event as? TLSHandshake { sink.yield(.handshake(handshake)) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if let error = error as? TLSError { sink.yield(.failed(error)) }
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        sink.finish()
    }
}
