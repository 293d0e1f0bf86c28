import FoundationEssentials
import MTASTS
import Testing

@testable import Evidence

@Suite struct CertificateFactsTests {
    private func facts(_ names: String...) -> CertificateFacts {
        CertificateFacts(
            subject: "CN=mail.example.com", issuer: "CN=ca", issuerShort: "ca", names: names, notBefore: .distantPast,
            notAfter: .distantFuture, key: "EC P-256", keyBits: 256, signature: "x", isSelfSigned: false, sha256: "a",
            publicKeySHA256: "a")
    }

    @Test(arguments: [
        ("mail.example.com", "mail.example.com", true), ("MAIL.example.com", "mail.example.com", true),
        ("*.example.com", "mail.example.com", true), ("*.example.com", "example.com", false),
        ("*.example.com", "a.mail.example.com", false), ("m*.example.com", "mail.example.com", false),
        ("*.*.example.com", "a.b.example.com", false), ("*", "mail", false), ("*.com", "example.com", true),
        ("mail.example.com.", "mail.example.com", false), ("", "mail.example.com", false),
    ])
    func coversByRFC6125(_ name: String, _ host: String, _ expected: Bool) throws {
        let host = try #require(DomainName(host))
        #expect(facts(name).covers(host) == expected)
    }

    @Test func theSubjectIsNeverConsulted() throws {
        #expect(try facts().covers(#require(DomainName("mail.example.com"))) == false)
    }
}
