import NIOCore

/// What a policy host of the lab does before anything is known of the client.
public enum LabPolicyDoor: String, Hashable, Sendable, CaseIterable {
    /// TLS, as it should be.
    case open
    /// Takes the connection and says nothing.
    case silent
    /// Plain text in place of TLS, `LabHostileText` among it.
    case garbage
    /// A ServerHello in records of one byte, slowly and without an end.
    case drip
    /// TLS records that mean nothing, as fast as they are taken.
    case endlessRecords = "endless-records"
}

/// Does at the door what is not TLS.
final class LabDoorHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let door: LabPolicyDoor

    init(_ door: LabPolicyDoor) {
        self.door = door
    }

    func channelActive(context: ChannelHandlerContext) {
        func send(_ bytes: [UInt8]) {
            context.writeAndFlush(NIOAny(context.channel.allocator.buffer(bytes: bytes)), promise: nil)
        }
        switch door {
        case .open, .silent: break
        case .garbage: send(Array("HTTP/1.0 400 ".utf8) + LabHostileText.bytes + Array("\r\n\r\n".utf8))
        case .drip:
            send([0x16, 3, 3, 0, 4, 2, 0, 0x40, 0])
            LabFlood(piece: [0x16, 3, 3, 0, 1, 3], pause: .milliseconds(20)).run(context)
        case .endlessRecords:
            // A ServerHello of 16 KiB of which each record brings a byte, again and again.
            send([0x16, 3, 3, 0, 4, 2, 0, 0x40, 0])
            LabFlood(piece: Array(repeatElement([0x16, 3, 3, 0, 1, 3], count: 400).joined())).run(context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {}

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}

@available(*, unavailable)
extension LabDoorHandler: Sendable {}
