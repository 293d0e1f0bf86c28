import Evidence
import FoundationEssentials
import MTASTS
import OpenSSLTLS
import Polling

/// A throw-away key and certificate for loopback; nothing trusts it.
enum TestIdentity {

    static func context(minimum: TLSVersion = .v12, maximum: TLSVersion = .v13) throws -> TLSContext {
        let identity = TLSServerIdentity(names: ["*.example.test"], chainPEM: certificate, keyPEM: key)
        return try TLSContext.server(
            identities: [identity], minimum: minimum, maximum: maximum, permissive: maximum == .v11)
    }

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgf9ntkJAWwv9Raz2X
        KPLFXo+r53QA56xkUVZ8ql3GyhihRANCAATGz3QrDIZbuY3WF53OWTIKUbKjYiCc
        zwQxGrHN3K5TFFU1MUNJTJ0InR1Ne7jtqebVTQ7/1ILPEo8VkW7k896v
        -----END PRIVATE KEY-----

        """

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBoTCCAUigAwIBAgIUaUCYTg3zFFJlJKxFnvzGmkJILoQwCgYIKoZIzj0EAwIw
        GDEWMBQGA1UEAwwNbG9vcGJhY2sgdGVzdDAgFw0yNjExMjQxNjAzMzJaGA8yMTI2
        MTAzMTE2MDMzMlowGDEWMBQGA1UEAwwNbG9vcGJhY2sgdGVzdDBZMBMGByqGSM49
        AgEGCCqGSM49AwEHA0IABMbPdCsMhlu5jdYXnc5ZMgpRsqNiIJzPBDEasc3crlMU
        VTUxQ0lMnQidHU17uO2p5tVNDv/Ugs8SjxWRbuTz3q+jbjBsMB0GA1UdDgQWBBSr
        LYl2Jh8zmjcu+Lz12PFuh5PF9zAfBgNVHSMEGDAWgBSrLYl2Jh8zmjcu+Lz12PFu
        h5PF9zAPBgNVHRMBAf8EBTADAQH/MBkGA1UdEQQSMBCCDiouZXhhbXBsZS50ZXN0
        MAoGCCqGSM49BAMCA0cAMEQCIH+nF+EDL70xWoJDrzoKHx/AzxPFEWwQwmYBrcH9
        Q8R4AiAaUhaExRcXhvLhWOUT1ZLKWnNBqpSgg31xVYsiiw3jzQ==
        -----END CERTIFICATE-----

        """
}

/// Says the same of every chain, so that a test sees that it was asked about the chain on the wire.
struct CountingJudge: ChainJudge {
    func certificates(of chain: CertificateChain) -> [CertificateFacts] {
        chain.der.map { der in
            CertificateFacts(
                subject: "\(der.count) bytes", issuer: "", issuerShort: "", names: [], notBefore: .distantPast,
                notAfter: .distantFuture, key: "", keyBits: 0, signature: "", isSelfSigned: false, sha256: "",
                publicKeySHA256: "")
        }
    }

    func trust(of chain: CertificateChain) -> TrustTimeline {
        TrustTimeline([TrustTimeline.Interval(from: .distantPast, trust: .selfSigned)])
    }

    func dane(of chain: CertificateChain, records: [TLSARecord], names: [DomainName]) -> DANETimeline {
        DANETimeline([])
    }
}
