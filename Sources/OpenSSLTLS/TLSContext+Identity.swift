import COpenSSL

extension TLSContext {
    /// Puts chain and key of one identity into a context that nobody else holds yet.
    static func install(_ identity: TLSServerIdentity, in pointer: OpaquePointer) throws(TLSSetupError) {
        let who = identity.names.first ?? "the default identity"
        guard let chain = PEMReader.certificates(identity.chainPEM), let leaf = chain.first else {
            throw TLSSetupError("no certificate can be read for \(who): give PEM certificates, leaf first")
        }
        ERR_clear_error()
        guard SSL_CTX_use_certificate(pointer, leaf.pointer) == 1 else {
            throw TLSSetupError("the certificate of \(who) is refused: \(OpenSSL.takeReason(otherwise: "unusable"))")
        }
        for certificate in chain.dropFirst() {
            guard shim_SSL_CTX_add1_chain_cert(pointer, certificate.pointer) == 1 else {
                throw TLSSetupError("the chain of \(who) is refused: \(OpenSSL.takeReason(otherwise: "unusable"))")
            }
        }
        let fits = PEMReader.withPrivateKey(identity.keyPEM) { key in
            SSL_CTX_use_PrivateKey(pointer, key) == 1 && SSL_CTX_check_private_key(pointer) == 1
        }
        ERR_clear_error()
        switch fits {
        case true?: return
        case false?: throw TLSSetupError("the private key of \(who) does not belong to its certificate: give its own")
        case nil: throw TLSSetupError("no private key can be read for \(who): give a PEM key without password")
        }
    }

    /// The identities that SNI picks among.
    ///
    /// Immutable, and so fit to be read from every event loop's thread by the callback.
    final class IdentityTable: Sendable {
        struct Entry: Sendable {
            let identity: TLSServerIdentity
            let context: TLSContext
        }

        private let first: TLSServerIdentity
        private let others: [Entry]
        private let unknownNames: UnknownNameAnswer

        init(first: TLSServerIdentity, others: [Entry], unknownNames: UnknownNameAnswer) {
            self.first = first
            self.others = others
            self.unknownNames = unknownNames
        }

        /// Makes this table answer the SNI of connections of a context; the table must outlive the context.
        func answer(on pointer: OpaquePointer) {
            shim_SSL_CTX_set_servername_callback(
                pointer,
                { ssl, alert, argument in
                    guard let ssl, let argument, let name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else {
                        return SSL_TLSEXT_ERR_NOACK
                    }
                    let table = Unmanaged<IdentityTable>.fromOpaque(argument).takeUnretainedValue()
                    let asked = String(cString: name).lowercased()
                    if let context = table.context(for: asked) { SSL_set_SSL_CTX(ssl, context.pointer) }
                    guard !table.knows(asked) else { return SSL_TLSEXT_ERR_OK }
                    alert?.pointee = SSL_AD_UNRECOGNIZED_NAME
                    return table.unknownNames.code
                }, Unmanaged.passUnretained(self).toOpaque())
        }

        private func knows(_ serverName: String) -> Bool {
            first.answers(to: serverName) || context(for: serverName) != nil
        }

        private func context(for serverName: String) -> TLSContext? {
            guard !first.answers(to: serverName) else { return nil }
            return others.first { $0.identity.answers(to: serverName) }?.context
        }
    }
}
