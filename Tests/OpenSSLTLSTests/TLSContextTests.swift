import Testing

@testable import OpenSSLTLS

struct TLSContextTests {
    @Test func encryptedKeysAreRefusedWithoutAQuestion() throws {
        let pki = try TestPKI()
        let locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n"
        let identity = TLSServerIdentity(names: ["mx"], chainPEM: pki.root.pem, keyPEM: locked)
        #expect(throws: TLSSetupError("no private key can be read for mx: give a PEM key without password")) {
            try TLSContext.server(identities: [identity])
        }
    }

    @Test func identitiesThatDoNotFitAreRefused() throws {
        let pki = try TestPKI()
        #expect(throws: TLSSetupError.self) { try TLSContext.server(identities: []) }
        #expect(throws: TLSSetupError("the private key of mx does not belong to its certificate: give its own")) {
            try TLSContext.server(identities: [
                TLSServerIdentity(names: ["mx"], chainPEM: pki.root.pem, keyPEM: pki.leafKey.pem)
            ])
        }
        #expect(throws: TLSSetupError("no certificate can be read for mx: give PEM certificates, leaf first")) {
            try TLSContext.server(identities: [TLSServerIdentity(names: ["mx"], chainPEM: "", keyPEM: "")])
        }
    }
}
