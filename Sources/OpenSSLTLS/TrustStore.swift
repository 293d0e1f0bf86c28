import COpenSSL
import FoundationEssentials

/// The roots that chains are judged by, immutable.
public struct TrustStore: Sendable {
    let anchors: Anchors
    /// SHA-256 over the sorted SHA-256 of all roots, lower case hexadecimal.
    public var fingerprint: String { anchors.fingerprint }
    /// The number of different roots.
    public var count: Int { anchors.count }

    /// The machine's roots: the file of `SSL_CERT_FILE` when it is set, else Debian's bundle, else OpenSSL's default.
    public static func system() throws(TLSSetupError) -> TrustStore {
        try system(environment: ProcessInfo.processInfo.environment)
    }

    static func system(environment: [String: String]) throws(TLSSetupError) -> TrustStore {
        if let path = environment["SSL_CERT_FILE"], !path.isEmpty {
            return try load(path, remedy: "correct or unset SSL_CERT_FILE")
        }
        let debian = "/etc/ssl/certs/ca-certificates.crt"
        let fallback = X509_get_default_cert_file().map { String(cString: $0) } ?? debian
        let path = FileManager.default.fileExists(atPath: debian) ? debian : fallback
        return try load(path, remedy: "install the package ca-certificates or name a file with --ca-file")
    }

    /// The roots of a PEM file, and no others.
    public static func file(_ path: String) throws(TLSSetupError) -> TrustStore {
        try load(path, remedy: "name a readable file of PEM certificates")
    }

    /// The roots of PEM text.
    public static func pem(_ text: String) throws(TLSSetupError) -> TrustStore {
        try make(text, named: "the PEM text", remedy: "give at least one PEM certificate")
    }

    private static func load(_ path: String, remedy: String) throws(TLSSetupError) -> TrustStore {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw TLSSetupError("cannot read the CA file \(path): \(remedy)")
        }
        return try make(String(decoding: data, as: UTF8.self), named: "the CA file \(path)", remedy: remedy)
    }

    private static func make(_ text: String, named name: String, remedy: String) throws(TLSSetupError) -> TrustStore {
        guard let certificates = PEMReader.certificates(text) else {
            throw TLSSetupError("\(name) has a broken PEM certificate: \(remedy)")
        }
        guard !certificates.isEmpty else {
            throw TLSSetupError("there is no PEM certificate in \(name): \(remedy)")
        }
        guard let anchors = Anchors(certificates) else {
            throw TLSSetupError("OpenSSL takes no root of \(name): \(OpenSSL.takeReason(otherwise: "no memory"))")
        }
        return TrustStore(anchors: anchors)
    }
}

extension TrustStore {
    /// Owner of an X509_STORE that is not changed after it was made.
    ///
    /// Proof for `@unchecked Sendable`: roots are added in `init` only, before anyone else has the object. Afterwards
    /// the store is given to `X509_STORE_CTX_init` alone, which looks issuers up under the store's own lock and counts
    /// references atomically; the caches inside its X509 objects are filled under OpenSSL's lock of each object.
    final class Anchors: @unchecked Sendable {
        let pointer: OpaquePointer
        let fingerprint: String
        let count: Int

        init?(_ certificates: [X509Certificate]) {
            guard let store = X509_STORE_new() else { return nil }
            var seen: Set<[UInt8]> = []
            for certificate in certificates {
                let digest = Digest.sha256(X509Certificate.der(of: certificate.pointer))
                guard seen.insert(digest).inserted else { continue }
                guard X509_STORE_add_cert(store, certificate.pointer) == 1 else {
                    X509_STORE_free(store)
                    return nil
                }
            }
            pointer = store
            count = seen.count
            let sorted = seen.sorted { $0.lexicographicallyPrecedes($1) }
            fingerprint = Digest.hex(Digest.sha256(sorted.flatMap { $0 }))
        }

        deinit {
            X509_STORE_free(pointer)
        }
    }
}
