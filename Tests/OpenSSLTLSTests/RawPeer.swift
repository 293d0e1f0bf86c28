import COpenSSL
import NIOCore

@testable import OpenSSLTLS

/// OpenSSL itself as the other side of a `TLSConnection`, for what our own type has no need to do.
final class RawPeer {
    let ssl: OpaquePointer
    private let context: TLSContext
    private let input: OpaquePointer
    private let output: OpaquePointer

    init(_ context: TLSContext, isClient: Bool) throws {
        self.context = context
        ssl = try unwrap(SSL_new(context.pointer))
        input = try unwrap(shim_BIO_new_mem())
        output = try unwrap(shim_BIO_new_mem())
        SSL_set_bio(ssl, input, output)
        if isClient { SSL_set_connect_state(ssl) } else { SSL_set_accept_state(ssl) }
    }

    deinit {
        SSL_free(ssl)
    }

    /// Carries what both sides have to say to the other.
    func exchange(with connection: TLSConnection) {
        if var bytes = takeOutput() {
            while bytes.readableBytes > 0 { connection.feed(&bytes) }
        }
        if let bytes = connection.takeOutput(ByteBufferAllocator()) {
            _ = bytes.withUnsafeReadableBytes { BIO_write(input, $0.baseAddress, Int32($0.count)) }
        }
    }

    func takeOutput() -> ByteBuffer? {
        var start: UnsafePointer<UInt8>?
        let count = Int(shim_BIO_get_mem_data(output, &start))
        guard count > 0 else { return nil }
        defer { _ = BIO_ctrl(output, BIO_CTRL_RESET, 0, nil) }
        return ByteBuffer(bytes: UnsafeBufferPointer(start: start, count: count))
    }

    /// Reads application data until there is no more.
    func read() -> String {
        var text: [UInt8] = []
        var space = [UInt8](repeating: 0, count: 16_384)
        while case let count = SSL_read(ssl, &space, Int32(space.count)), count > 0 {
            text.append(contentsOf: space.prefix(Int(count)))
        }
        return String(decoding: text, as: UTF8.self)
    }

    func write(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return SSL_write(ssl, bytes, Int32(bytes.count)) == bytes.count
    }
}
