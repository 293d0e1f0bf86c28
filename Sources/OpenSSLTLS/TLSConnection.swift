import COpenSSL
import Evidence
import MTASTS
import NIOCore

/// One TLS connection over two memory BIOs; the only type that touches an `SSL*`.
///
/// Every method runs to its end on the caller's thread: nothing comes between an SSL call and `SSL_get_error`, and the
/// error queue is emptied before each call.
final class TLSConnection {
    private(set) var state = State.idle
    private let role: Role
    private let context: TLSContext
    private let ssl: OpaquePointer
    private let input: OpaquePointer
    private let output: OpaquePointer
    /// Bytes taken since the start, or since the last application data.
    private var bytesWithoutData = 0
    /// The start of the peer's first record: what the handshake failed on is read from it.
    private var firstBytes: [UInt8] = []

    /// Nil when there is no memory for it.
    init?(context: TLSContext, role: Role) {
        ERR_clear_error()
        guard let ssl = SSL_new(context.pointer) else { return nil }
        guard let input = shim_BIO_new_mem() else {
            SSL_free(ssl)
            return nil
        }
        guard let output = shim_BIO_new_mem() else {
            BIO_free(input)
            SSL_free(ssl)
            return nil
        }
        // From here the SSL owns both.
        SSL_set_bio(ssl, input, output)
        self.context = context
        self.role = role
        self.ssl = ssl
        self.input = input
        self.output = output
        switch role {
        case .client(let serverName):
            SSL_set_connect_state(ssl)
            if let serverName { _ = shim_SSL_set_server_name(ssl, serverName.text) }
            shim_SSL_watch_name_warning(ssl)
        case .server:
            SSL_set_accept_state(ssl)
        }
    }

    deinit {
        SSL_free(ssl)
    }

    /// True while bytes of the peer are of use.
    var takesInput: Bool {
        switch state {
        case .handshaking, .active, .closing(by: .us): true
        case .idle, .closing(by: .peer), .closed, .failed: false
        }
    }

    /// Begins the handshake: a client's first flight is in the output afterwards.
    func start() -> HandshakeStep {
        guard case .idle = state else { return .needsInput }
        state = .handshaking
        return handshake()
    }

    /// Moves up to `TLSLimits.feedBytes` of the peer's bytes to OpenSSL.
    func feed(_ bytes: inout ByteBuffer) {
        guard let slice = bytes.readSlice(length: min(bytes.readableBytes, TLSLimits.feedBytes)) else { return }
        if firstBytes.count < 16 {
            firstBytes.append(contentsOf: slice.readableBytesView.prefix(16 - firstBytes.count))
        }
        bytesWithoutData += slice.readableBytes
        _ = slice.withUnsafeReadableBytes { BIO_write(input, $0.baseAddress, Int32($0.count)) }
    }

    /// Goes on with the handshake.
    func handshake() -> HandshakeStep {
        guard case .handshaking = state else { return .needsInput }
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        guard result != 1 else { return finishHandshake() }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
            guard bytesWithoutData <= TLSLimits.handshakeBytes else {
                return .failed(fail(.limit("more than \(TLSLimits.handshakeBytes) bytes of handshake")))
            }
            return .needsInput
        case SSL_ERROR_ZERO_RETURN:
            return .failed(fail(.closedEarly))
        default:
            let failure = TLSHandshakeFailure(failures: OpenSSL.takeFailures(), firstBytes: firstBytes)
            return .failed(fail(failure.error))
        }
    }

    /// Appends decrypted bytes, as many as are there, up to one record.
    func read(into buffer: inout ByteBuffer) -> ReadStep {
        switch state {
        case .active, .closing(by: .us): break
        case .idle, .handshaking, .closing(by: .peer), .closed, .failed: return .needsInput
        }
        ERR_clear_error()
        var result: Int32 = 0
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: TLSLimits.feedBytes) { space in
            result = SSL_read(ssl, space.baseAddress, Int32(clamping: space.count))
            return Int(max(0, result))
        }
        guard result <= 0 else {
            bytesWithoutData = 0
            return .data
        }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE:
            guard bytesWithoutData <= TLSLimits.handshakeBytes else {
                return .failed(fail(.limit("more than \(TLSLimits.handshakeBytes) bytes of records without data")))
            }
            return .needsInput
        case SSL_ERROR_ZERO_RETURN:
            if case .closing(by: .us) = state { state = .closed } else { state = .closing(by: .peer) }
            return .ended
        default:
            return .failed(fail(.read(OpenSSL.takeReason(otherwise: "unknown error"))))
        }
    }

    /// Encrypts all of the bytes into the output.
    func write(_ bytes: ByteBuffer) throws(TLSError) {
        guard case .active = state else { throw .read("the TLS connection is not open for writing") }
        var rest = bytes.readableBytesView[...]
        while !rest.isEmpty {
            ERR_clear_error()
            let written = rest.withUnsafeBytes { SSL_write(ssl, $0.baseAddress, Int32(clamping: $0.count)) }
            guard written > 0 else {
                // A memory BIO takes everything, so no error here is one to wait for.
                _ = SSL_get_error(ssl, written)
                throw fail(.read(OpenSSL.takeReason(otherwise: "cannot write")))
            }
            rest = rest.dropFirst(Int(written))
        }
    }

    /// Puts a request to the peer into the output; false where the version or the state has no such request.
    func ask(_ request: TLSPeerRequest) -> Bool {
        guard case .active = state else { return false }
        ERR_clear_error()
        defer { ERR_clear_error() }
        switch request {
        case .renegotiation:
            shim_SSL_allow_renegotiation(ssl)
            guard SSL_renegotiate(ssl) == 1 else { return false }
        case .keyUpdate:
            guard SSL_key_update(ssl, SSL_KEY_UPDATE_REQUESTED) == 1 else { return false }
        }
        return SSL_do_handshake(ssl) == 1
    }

    /// Puts our close_notify into the output where there is a connection to close.
    func close(writingOnly: Bool) {
        switch state {
        case .active:
            shutdown()
            state = writingOnly ? .closing(by: .us) : .closed
        case .closing(by: .peer):
            shutdown()
            state = .closed
        case .closing(by: .us):
            if !writingOnly { state = .closed }
        case .idle, .handshaking:
            state = .closed
        case .closed, .failed:
            break
        }
    }

    /// The transport has ended: what that means for this connection, nil when it was to be expected.
    func transportEnded() -> TLSError? {
        switch state {
        case .handshaking, .active:
            return fail(.closedEarly)
        case .idle, .closing:
            state = .closed
            return nil
        case .closed, .failed:
            return nil
        }
    }

    /// Takes what is to be sent to the peer; nil when there is nothing.
    func takeOutput(_ allocator: ByteBufferAllocator) -> ByteBuffer? {
        var start: UnsafePointer<UInt8>?
        let count = Int(shim_BIO_get_mem_data(output, &start))
        guard count > 0, let start else { return nil }
        var buffer = allocator.buffer(capacity: count)
        buffer.writeBytes(UnsafeRawBufferPointer(start: start, count: count))
        _ = BIO_ctrl(output, BIO_CTRL_RESET, 0, nil)
        return buffer
    }

    private func shutdown() {
        ERR_clear_error()
        _ = SSL_shutdown(ssl)
        ERR_clear_error()
    }

    private func fail(_ error: TLSError) -> TLSError {
        ERR_clear_error()
        state = .failed(error)
        return error
    }

    private func finishHandshake() -> HandshakeStep {
        var chain: [[UInt8]] = []
        var serverName: String?
        switch role {
        case .client:
            let stack = SSL_get_peer_cert_chain(ssl)
            let count = shim_sk_X509_num(stack)
            guard count <= TLSLimits.certificates else {
                return .failed(fail(.limit("\(count) certificates, more than \(TLSLimits.certificates)")))
            }
            for index in 0..<count {
                guard let certificate = shim_sk_X509_value(stack, index) else { continue }
                chain.append(X509Certificate.der(of: certificate))
            }
            if let largest = chain.map(\.count).max(), largest > TLSLimits.certificateBytes {
                let limit = TLSLimits.certificateBytes
                return .failed(fail(.limit("a certificate of \(largest) bytes, more than \(limit)")))
            }
        case .server:
            serverName = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
        }
        state = .active
        bytesWithoutData = 0
        return .done(
            TLSHandshake(
                version: String(cString: SSL_get_version(ssl)),
                cipher: SSL_get_current_cipher(ssl).map { String(cString: SSL_CIPHER_get_name($0)) } ?? "",
                chain: CertificateChain(der: chain), serverName: serverName,
                isNameUnknown: shim_SSL_has_name_warning(ssl) == 1))
    }
}
