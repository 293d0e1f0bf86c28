import Evidence
import FoundationEssentials

@testable import OpenSSLTLS

/// A root, an intermediate and the keys for what hangs below them; made once for each test that asks.
struct TestPKI {
    let root: TestCertificate
    let intermediate: TestCertificate
    let leafKey: TestKey

    /// - Parameter centre: the authorities hold for years around it, the leaves begin there.
    init(centre: Date = TestTime.start) throws {
        var maker = TestCertificateMaker(subject: "Test Root", isAuthority: true)
        maker.from = centre.addingTimeInterval(-3_650 * 86_400)
        maker.until = centre.addingTimeInterval(3_650 * 86_400)
        root = try maker.sign(TestKey())
        maker.subject = "Test Intermediate"
        maker.from = centre.addingTimeInterval(-365 * 86_400)
        maker.until = centre.addingTimeInterval(365 * 86_400)
        intermediate = try maker.sign(TestKey(), by: root)
        leafKey = try TestKey()
        self.centre = centre
    }

    private let centre: Date

    func leafMaker(_ name: String = "mx1.example.org") -> TestCertificateMaker {
        var maker = TestCertificateMaker(subject: name, names: [Array(name.utf8)])
        maker.from = centre
        maker.until = centre.addingTimeInterval(90 * 86_400)
        return maker
    }

    func leaf(_ name: String = "mx1.example.org") throws -> TestCertificate {
        try leafMaker(name).sign(leafKey, by: intermediate)
    }

    func store() throws -> TrustStore { try TrustStore.pem(root.pem) }

    func identity(_ name: String = "mx1.example.org") throws -> TLSServerIdentity {
        TLSServerIdentity(
            names: [name], chainPEM: TestCertificate.pem([try leaf(name).der, intermediate.der]), keyPEM: leafKey.pem)
    }
}

func chain(_ certificates: TestCertificate...) -> CertificateChain { CertificateChain(der: certificates.map(\.der)) }
