import Foundation

/// The part of `stswatch check --json` that the suite looks at.
struct CheckReport: Decodable {
    let schema: Int
    let domains: [Domain]

    struct Domain: Decodable {
        let schema: Int
        let domain: String
        let state: String
        let senders: Senders
        let record: Status
        let policy: Policy
        let tlsrpt: Status
        let mx: MX
        let findings: [Finding]

        func finding(_ code: String) -> Finding? { findings.first { $0.code == code } }

        /// Codes of the findings that are more than remarks.
        var defects: [String] { findings.filter { $0.severity != "info" }.map(\.code) }
    }

    struct Senders: Decodable {
        let mtaSTS: Class
        let dane: Class
        let opportunistic: Class

        enum CodingKeys: String, CodingKey {
            case mtaSTS = "mta-sts"
            case dane, opportunistic
        }

        struct Class: Decodable {
            let delivery: String
        }
    }

    struct Status: Decodable {
        let status: String
    }

    struct Policy: Decodable {
        let status: String
        let mode: String?
        let http: HTTP?

        struct HTTP: Decodable {
            let status: Int
        }
    }

    struct MX: Decodable {
        let status: String
        let dnssec: String
        let hosts: [Host]

        struct Host: Decodable {
            let host: String
            let inPolicy: Bool?
            let tlsa: [String]
            let addresses: [Address]
        }

        struct Address: Decodable {
            let address: String
            let outcome: String
            let starttls: String
            let tls: String?
            let dane: String
            let certificate: Certificate?
        }

        struct Certificate: Decodable {
            let trusted: Bool
            let nameMatches: Bool
            let key: String
            let names: [String]
        }
    }

    struct Finding: Decodable {
        let code: String
        let severity: String
        let subject: String
        let senders: [String]
        let evidence: String?
        let fix: String?
        let tlsrpt: String?
    }
}
