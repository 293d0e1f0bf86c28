import COpenSSL
import MTASTS

/// Reads from OpenSSL's errors and the peer's first bytes why a handshake failed.
struct TLSHandshakeFailure {
    let failures: [OpenSSL.Failure]
    /// The first bytes of the peer, at most 16.
    let firstBytes: [UInt8]

    var error: TLSError {
        let text = failures.first?.text ?? "the peer broke it off"
        guard let kind = firstBytes.first else { return .handshake(text) }
        guard (20...23).contains(kind), firstBytes.count < 2 || firstBytes[1] == 3 else {
            return .handshake("not TLS: \(VisibleText.escape(firstBytes))")
        }
        let isOldRecord = firstBytes.count > 2 && firstBytes[2] < 3
        for failure in failures where failure.library == ERR_LIB_SSL {
            switch failure.reason {
            case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, SSL_R_VERSION_TOO_LOW:
                return .legacyPeer(failure.text)
            case SSL_R_WRONG_VERSION_NUMBER where isOldRecord, SSL_R_WRONG_SSL_VERSION where isOldRecord:
                return .legacyPeer(failure.text)
            case SSL_R_TLSV1_UNRECOGNIZED_NAME:
                return .unknownName(failure.text)
            case SSL_R_EXCESSIVE_MESSAGE_SIZE:
                return .limit("a handshake message of more than \(TLSLimits.handshakeBytes) bytes")
            default:
                continue
            }
        }
        return .handshake(text)
    }
}
