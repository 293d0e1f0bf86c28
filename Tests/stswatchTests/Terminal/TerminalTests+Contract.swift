import Foundation
import Testing

extension TerminalTests {
    /// `--json` gives exactly the keys of the contract, at every level, each one always.
    @Suite("The JSON contract")
    struct Contract {
        /// What may stand somewhere in the document.
        indirect enum Shape: Sendable {
            /// A string, number or truth value.
            case value
            /// One of these words.
            case word([String])
            /// A moment as RFC 3339 UTC.
            case moment
            case list(Shape)
            case object([String: Shape])
            /// Null, or else this.
            case optional(Shape)
        }

        private static let delivery = Shape.word(["delivers", "partial", "refused", "unknown", "none"])
        private static let dnssec = Shape.word(["secure", "insecure", "bogus", "unknown"])
        private static let sender = Shape.word(["mta-sts", "cached", "dane", "opportunistic"])
        private static let maybe = Shape.optional(.value)
        private static let until = Shape.optional(.moment)

        private static let document = Shape.object(["schema": .value, "domains": .list(domain)])

        private static let domain = Shape.object([
            "schema": .value, "domain": .value, "checkedAt": .moment,
            "state": .word(["bouncing", "risk", "warning", "unknown", "unprotected", "ok"]),
            "bouncesAt": until, "protectionEndsAt": until, "versionsKnownSince": until,
            "queuesGiveUp": .list(.object(["sender": .value, "class": sender, "at": .moment])), "senders": senders,
            "record": record, "policy": policy,
            "tlsrpt": .object([
                "status": .word(["valid", "missing", "invalid", "multiple", "failed"]), "rua": .list(.value),
            ]),
            "mx": mx,
            "forecast": .list(
                .object(["at": .moment, "sender": sender, "delivery": delivery, "because": .value])),
            "findings": .list(finding),
            "changes": .list(
                .object(["at": .moment, "code": maybe, "before": .value, "after": .value, "impact": .value])),
        ])

        private static let senders = Shape.object([
            "mta-sts": .object([
                "delivery": delivery, "enforced": delivery, "since": until, "until": until, "reason": .value,
            ]),
            "cached": .list(
                .object([
                    "policyId": .value, "bodySha256": .value, "holders": .word(["id", "expiry"]),
                    "delivery": delivery, "until": until,
                ])),
            "dane": .object(["delivery": delivery]), "opportunistic": .object(["delivery": delivery]),
        ])

        private static let record = Shape.object([
            "status": .word(["valid", "missing", "invalid", "multiple", "failed"]), "id": maybe, "raw": .list(.value),
            "cname": .list(.value), "ttl": maybe, "dnssec": dnssec,
        ])

        private static let policy = Shape.object([
            "status": .word(["valid", "invalid", "unreachable", "rejected", "none-fetched"]),
            "mode": .optional(.word(["enforce", "testing", "none"])), "maxAge": maybe, "mx": .list(.value),
            "body": maybe,
            "http": .optional(http), "certificate": .optional(webCertificate),
            "addresses": .list(
                .object([
                    "address": .value, "outcome": .value, "http": http, "certificate": .optional(webCertificate),
                ])),
        ])

        private static let http = Shape.object([
            "status": maybe, "contentType": maybe, "bytes": .value, "ms": .value,
        ])

        private static let webCertificate = Shape.object([
            "notAfter": .moment, "trusted": .value, "nameMatches": .value, "issuer": .value,
        ])

        private static let mx = Shape.object([
            "status": .word(["present", "implicit", "null", "missing", "failed", "bogus"]), "dnssec": dnssec,
            "hosts": .list(
                .object([
                    "host": .value, "preference": .value, "inPolicy": maybe, "tlsa": .list(.value),
                    "addresses": .list(address),
                ])),
        ])

        private static let address = Shape.object([
            "address": .value, "outcome": .word(["ok", "refused", "timeout", "closed", "banner", "tls", "error"]),
            "starttls": .word(["offered", "missing", "masked", "refused", "injected", "unknown"]), "tls": maybe,
            "cipher": maybe,
            "dane": .word(["match", "mismatch", "unusable", "none", "insecure", "failed", "bogus", "unknown"]),
            "certificate": .optional(certificate), "alternate": .optional(certificate),
            "ms": .object(["connect": maybe, "tls": maybe]),
        ])

        private static let certificate = Shape.object([
            "notAfter": .moment, "notBefore": .moment, "names": .list(.value), "issuer": .value,
            "key": .value, "trusted": .value, "nameMatches": .value, "sha256": .value,
        ])

        private static let finding = Shape.object([
            "code": .value, "severity": .word(["critical", "high", "warning", "info"]), "subject": .value,
            "senders": .list(sender), "since": until, "until": until, "deadline": until, "evidence": maybe,
            "fix": maybe, "tlsrpt": maybe, "rfc": maybe,
        ])

        @Test("of every domain of the lab, with the exit status of the worst")
        func keys() async throws {
            let run = try await Program.run(["demo", "--json"])
            #expect(run.status == 2, "\(run.complaint)")
            #expect(run.output.last == UInt8(ascii: "\n"))
            let json = try JSONSerialization.jsonObject(with: run.output)
            var flaws: [String] = []
            Self.compare(json, Self.document, at: "", &flaws)
            #expect(flaws.isEmpty, "\(flaws.joined(separator: "\n"))")

            let root = try #require(json as? [String: Any])
            let domains = try #require(root["domains"] as? [[String: Any]])
            #expect(domains.count == 37)
            // A comparison over empty lists would prove nothing.
            for key in ["findings", "forecast"] {
                #expect(domains.contains { ($0[key] as? [Any])?.isEmpty == false }, "\(key)")
            }
            let states = domains.compactMap { $0["state"] as? String }
            for state in ["bouncing", "risk", "warning", "ok", "unprotected"] {
                #expect(states.contains(state), "\(states)\n\(Self.unknown(domains))\n\(run.complaint)")
            }
        }

        /// Why the domains of which nothing is known are so: that is where a failure begins.
        private static func unknown(_ domains: [[String: Any]]) -> String {
            domains.filter { $0["state"] as? String == "unknown" }.map { domain in
                let parts = ["domain", "policy", "record", "mx", "senders"].map { "\($0)=\(domain[$0] ?? "")" }
                return parts.joined(separator: " ")
            }.joined(separator: "\n")
        }

        @Test("the comparison itself sees a missing key, one too many, a wrong word and a wrong kind")
        func comparison() throws {
            func flaws(_ text: String, _ shape: Shape) throws -> [String] {
                var flaws: [String] = []
                Self.compare(try JSONSerialization.jsonObject(with: Data(text.utf8)), shape, at: "", &flaws)
                return flaws
            }
            let shape = Shape.object(["a": .list(.object(["b": .optional(.word(["x"])), "at": .moment]))])
            #expect(try flaws(#"{"a":[{"b":null,"at":"2026-11-24T12:00:00Z"}]}"#, shape) == [])
            #expect(
                try flaws(#"{"a":[{"b":"y","at":"24 Nov"},{"c":1,"at":null}]}"#, shape) == [
                    ".a[0].at: no moment: 24 Nov", ".a[0].b: no such word: y", ".a[1].at: no moment: <null>",
                    ".a[1].b: missing", ".a[1].c: not in the contract",
                ])
            #expect(try flaws(#"{"a":{}}"#, shape) == [".a: no list"])
        }

        private static func compare(_ found: Any, _ shape: Shape, at path: String, _ flaws: inout [String]) {
            switch shape {
            case .value:
                if found is [Any] || found is [String: Any] || found is NSNull { flaws.append("\(path): no value") }
            case .word(let words):
                if !words.contains(found as? String ?? "") { flaws.append("\(path): no such word: \(found)") }
            case .moment:
                let text = found as? String ?? ""
                if text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) == nil {
                    flaws.append("\(path): no moment: \(found)")
                }
            case .optional(let shape):
                if !(found is NSNull) { compare(found, shape, at: path, &flaws) }
            case .list(let shape):
                guard let entries = found as? [Any] else { return flaws.append("\(path): no list") }
                for (index, entry) in entries.enumerated() { compare(entry, shape, at: "\(path)[\(index)]", &flaws) }
            case .object(let shapes):
                guard let object = found as? [String: Any] else { return flaws.append("\(path): no object") }
                for key in Set(object.keys).union(shapes.keys).sorted() {
                    guard let shape = shapes[key] else {
                        flaws.append("\(path).\(key): not in the contract")
                        continue
                    }
                    guard let value = object[key] else {
                        flaws.append("\(path).\(key): missing")
                        continue
                    }
                    compare(value, shape, at: "\(path).\(key)", &flaws)
                }
            }
        }
    }
}
