import Evidence
import NIOCore
import NIOPosix

/// A number that is no TCP port.
struct PortError: Error, CustomStringConvertible {
    let port: Int

    var description: String { "\(port) is no TCP port: use 1 to 65535" }
}

/// Opens TCP connections with bounded reads.
enum Dialer {
    /// Connects on `loop`; `handlers` are put into the pipeline before the SYN is sent.
    /// - Parameters:
    ///   - timeout: for the connection alone.
    ///   - readSize: bytes taken from the socket at once.
    static func dial(
        _ address: IPAddress, port: Int, on loop: any EventLoop, timeout: TimeAmount, readSize: Int,
        leash: ChannelLeash, handlers: @escaping @Sendable (any Channel) throws -> Void
    ) -> EventLoopFuture<any Channel> {
        let target: SocketAddress
        do {
            guard (1...65_535).contains(port) else { throw PortError(port: port) }
            target = try SocketAddress(packedIPAddress: ByteBuffer(bytes: address.bytes), port: port)
        } catch {
            return loop.makeFailedFuture(error)
        }
        return ClientBootstrap(group: loop)
            .connectTimeout(timeout)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: readSize))
            .channelInitializer { channel in
                leash.attach(channel)
                return channel.eventLoop.makeCompletedFuture { try handlers(channel) }
            }
            .connect(to: target)
    }
}
