public import Evidence

extension CertificateChain {
    /// The certificates of a PEM text in its order, at most 20; nil when there is none or a block is broken.
    public init?(pem: String) {
        guard let certificates = PEMReader.certificates(pem), !certificates.isEmpty,
            certificates.count <= TLSLimits.certificates
        else { return nil }
        let der = certificates.map { X509Certificate.der(of: $0.pointer) }
        guard der.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(der: der)
    }
}
