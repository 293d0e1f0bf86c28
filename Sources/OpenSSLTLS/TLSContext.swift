import COpenSSL
public import Evidence

/// Owner of an SSL_CTX that is not changed after it was made.
///
/// Proof for `@unchecked Sendable`: all stored properties are constants; every call that changes the SSL_CTX is made
/// in the two factories before the object is returned; afterwards it is only given to `SSL_new` and `SSL_set_SSL_CTX`,
/// which read it and count references with atomic operations (openssl-threads(7)). The session cache, the one part
/// that connections would write to, is off.
public final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer
    /// Kept alive for the SNI callback, which holds an unretained pointer to it.
    private let identities: IdentityTable?

    private init(pointer: OpaquePointer, identities: IdentityTable? = nil) {
        self.pointer = pointer
        self.identities = identities
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    /// A client that verifies nothing: TLS 1.2 and up, weak certificates included, so that they can be judged after.
    /// - Parameters:
    ///   - permissive: TLS 1.0 and up, servers without RFC 5746; tells legacy-only servers from dead ones.
    ///   - only: takes certificates of this key family and no other; nil takes both.
    public static func client(
        permissive: Bool = false, only family: KeyFamily? = nil
    ) throws(TLSSetupError) -> TLSContext {
        let pointer = try make(
            TLS_client_method(), minimum: permissive ? .v10 : .v12, maximum: .v13, permissive: permissive,
            family: family)
        SSL_CTX_set_verify(pointer, SSL_VERIFY_NONE, nil)
        // With SSL_VERIFY_NONE OpenSSL builds and checks the chain all the same and drops the result: spare the work.
        SSL_CTX_set_cert_verify_callback(pointer, { _, _ in 1 }, nil)
        return TLSContext(pointer: pointer)
    }

    /// A server for the lab and the tests; weak certificates are shown as well.
    /// - Parameters:
    ///   - identities: the first is the default, SNI picks among the others.
    ///   - permissive: clients without secure renegotiation (RFC 5746) are served.
    ///   - second: a certificate of another key family beside the default one.
    ///   - unknownNames: the answer to a name that no identity has.
    public static func server(
        identities: [TLSServerIdentity], minimum: TLSVersion = .v12, maximum: TLSVersion = .v13,
        permissive: Bool = false, second: TLSServerIdentity? = nil, unknownNames: UnknownNameAnswer = .proceed
    ) throws(TLSSetupError) -> TLSContext {
        guard let first = identities.first else {
            throw TLSSetupError("a TLS server needs at least one certificate with its key: give an identity")
        }
        func context(for identity: TLSServerIdentity) throws(TLSSetupError) -> TLSContext {
            let pointer = try make(TLS_server_method(), minimum: minimum, maximum: maximum, permissive: permissive)
            let context = TLSContext(pointer: pointer)
            try install(identity, in: pointer)
            return context
        }
        var entries: [IdentityTable.Entry] = []
        for identity in identities.dropFirst() {
            entries.append(IdentityTable.Entry(identity: identity, context: try context(for: identity)))
        }
        let main = try make(TLS_server_method(), minimum: minimum, maximum: maximum, permissive: permissive)
        let table = IdentityTable(first: first, others: entries, unknownNames: unknownNames)
        let context = TLSContext(pointer: main, identities: table)
        try install(first, in: main)
        if let second { try install(second, in: main) }
        table.answer(on: main)
        return context
    }

    /// A context whose connections take TLSA records; none of them ever connects.
    static func dane() throws(TLSSetupError) -> TLSContext {
        let pointer = try make(TLS_client_method(), minimum: .v12, maximum: .v13, permissive: false)
        let context = TLSContext(pointer: pointer)
        guard SSL_CTX_dane_enable(pointer) == 1 else {
            throw TLSSetupError("OpenSSL has no DANE: \(OpenSSL.takeReason(otherwise: "unknown error"))")
        }
        return context
    }

    /// Everything that a configuration file of the machine could have changed is set here by name.
    private static func make(
        _ method: OpaquePointer?, minimum: TLSVersion, maximum: TLSVersion, permissive: Bool, family: KeyFamily? = nil
    ) throws(TLSSetupError) -> OpaquePointer {
        _ = OpenSSL.start
        ERR_clear_error()
        guard let pointer = SSL_CTX_new(method) else {
            throw TLSSetupError("OpenSSL cannot start: \(OpenSSL.takeReason(otherwise: "no memory"))")
        }
        // Level 0 in the handshake only: what the certificates and their keys are worth is judged afterwards.
        SSL_CTX_set_security_level(pointer, 0)
        shim_SSL_CTX_replace_options(pointer, permissive ? 1 : 0, permissive ? 1 : 0)
        shim_SSL_CTX_set_modes(pointer)
        shim_SSL_CTX_set_max_cert_list(pointer, TLSLimits.handshakeBytes)
        let done =
            shim_SSL_CTX_set_proto_versions(pointer, minimum.number, maximum.number) == 1
            && SSL_CTX_set_cipher_list(pointer, TLSContext.ciphers(family)) == 1
            && SSL_CTX_set_ciphersuites(pointer, TLSContext.suites) == 1
            && shim_SSL_CTX_set1_groups_list(pointer, "X25519:P-256:P-384:P-521:X448") == 1
            && shim_SSL_CTX_set1_sigalgs_list(pointer, TLSContext.signatures(family)) == 1
        guard done else {
            let reason = OpenSSL.takeReason(otherwise: "a setting was refused")
            SSL_CTX_free(pointer)
            throw TLSSetupError("OpenSSL refuses the TLS settings (\(reason)): install OpenSSL 3 with TLS 1.2 and 1.3")
        }
        return pointer
    }

    private static let suites = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"

    /// For TLS 1.2, where the cipher names the key; in TLS 1.3 the signatures alone do.
    private static func ciphers(_ family: KeyFamily?) -> String {
        switch family {
        case nil: "DEFAULT:@SECLEVEL=0"
        case .rsa?: "DEFAULT:!aECDSA:!aDSS:!aPSK:!aSRP:@SECLEVEL=0"
        case .ecdsa?: "DEFAULT:!aRSA:!aDSS:!aPSK:!aSRP:@SECLEVEL=0"
        }
    }

    /// SHA-1 stands last: servers that can do no better are seen, and their certificates judged weak.
    private static func signatures(_ family: KeyFamily?) -> String {
        let all: [(KeyFamily, String)] = [
            (.ecdsa, "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448"),
            (.rsa, "RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512"),
            (.rsa, "rsa_pss_pss_sha256:rsa_pss_pss_sha384:rsa_pss_pss_sha512"),
            (.rsa, "RSA+SHA256:RSA+SHA384:RSA+SHA512"), (.ecdsa, "ECDSA+SHA224"), (.rsa, "RSA+SHA224"),
            (.ecdsa, "ECDSA+SHA1"), (.rsa, "RSA+SHA1"),
        ]
        return all.filter { family == nil || $0.0 == family }.map(\.1).joined(separator: ":")
    }
}
