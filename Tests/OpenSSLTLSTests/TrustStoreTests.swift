import FoundationEssentials
import Testing

@testable import OpenSSLTLS

struct TrustStoreTests {
    private func sentence(_ make: () throws -> TrustStore) -> String? {
        do {
            _ = try make()
            return nil
        } catch {
            return (error as? TLSSetupError)?.description
        }
    }

    private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "trust-\(UUID().uuidString).pem").path
        try Data(text.utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test func readsAFile() throws {
        let pki = try TestPKI()
        try withFile("# roots\n" + pki.root.pem + pki.root.pem) { path in
            let store = try TrustStore.file(path)
            #expect(store.count == 1)
            #expect(store.fingerprint == (try pki.store()).fingerprint)
            #expect(store.fingerprint.count == 64)
        }
    }

    @Test func fingerprintIsOfTheSetAndNotOfTheOrder() throws {
        let one = try TestPKI()
        let other = try TestPKI()
        let both = try TrustStore.pem(one.root.pem + other.root.pem)
        #expect(both.fingerprint == (try TrustStore.pem(other.root.pem + one.root.pem)).fingerprint)
        #expect(both.fingerprint != (try one.store()).fingerprint)
    }

    @Test func errorsNameTheFileAndTheRemedy() throws {
        #expect(
            sentence { try TrustStore.file("/nonexistent/ca.pem") }
                == "cannot read the CA file /nonexistent/ca.pem: name a readable file of PEM certificates")
        try withFile("no certificate here\n") { path in
            #expect(
                sentence { try TrustStore.file(path) }
                    == "there is no PEM certificate in the CA file \(path): name a readable file of PEM certificates")
        }
        try withFile("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n") { path in
            #expect(
                sentence { try TrustStore.file(path) }
                    == "the CA file \(path) has a broken PEM certificate: name a readable file of PEM certificates")
        }
    }

    @Test func theEnvironmentNamesTheSystemsFile() throws {
        let pki = try TestPKI()
        try withFile(pki.root.pem) { path in
            let store = try TrustStore.system(environment: ["SSL_CERT_FILE": path])
            #expect(store.fingerprint == (try pki.store()).fingerprint)
        }
        #expect(
            sentence { try TrustStore.system(environment: ["SSL_CERT_FILE": "/nonexistent"]) }
                == "cannot read the CA file /nonexistent: correct or unset SSL_CERT_FILE")
    }
}
