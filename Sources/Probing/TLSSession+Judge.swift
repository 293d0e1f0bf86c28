import Evidence
import OpenSSLTLS
import Polling

extension TLSSession {
    /// The session as evidence: what was negotiated, with the chain read and judged for all dates.
    init(_ handshake: TLSHandshake, judge: any ChainJudge) {
        self.init(
            version: handshake.version, cipher: handshake.cipher, chain: handshake.chain,
            certificates: judge.certificates(of: handshake.chain), trust: judge.trust(of: handshake.chain),
            isNameUnknown: handshake.isNameUnknown)
    }
}
