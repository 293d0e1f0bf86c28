import COpenSSL
import Evidence

/// A chain as OpenSSL's objects, for one thread and one judgement.
final class ReadableChain {
    let certificates: [X509Certificate]
    let leaf: X509Certificate
    /// All certificates, as candidates for issuers; holds no references of its own.
    let untrusted: OpaquePointer

    /// Nil when the chain is empty, too long or has a certificate that cannot be read.
    init?(_ chain: CertificateChain) {
        guard chain.der.count <= TLSLimits.certificates else { return nil }
        var certificates: [X509Certificate] = []
        for der in chain.der {
            guard let certificate = X509Certificate(der: der),
                CertificateReader.notBefore(of: certificate.pointer) != nil,
                CertificateReader.notAfter(of: certificate.pointer) != nil
            else { return nil }
            certificates.append(certificate)
        }
        guard let leaf = certificates.first, let untrusted = shim_sk_X509_new() else { return nil }
        for certificate in certificates {
            _ = shim_sk_X509_push(untrusted, certificate.pointer)
        }
        self.certificates = certificates
        self.leaf = leaf
        self.untrusted = untrusted
    }

    deinit {
        shim_sk_X509_free(untrusted)
    }
}
