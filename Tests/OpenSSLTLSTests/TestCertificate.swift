import FoundationEssentials

/// A certificate of the tests with its key.
struct TestCertificate: Hashable, Sendable {
    let der: [UInt8]
    let key: TestKey

    var pem: String { TestCertificate.pem([der]) }

    static func pem(_ chain: [[UInt8]]) -> String {
        chain.map { der in
            "-----BEGIN CERTIFICATE-----\n"
                + Data(der).base64EncodedString(options: .lineLength64Characters).replacing("\r\n", with: "\n")
                + "\n-----END CERTIFICATE-----\n"
        }.joined()
    }
}
