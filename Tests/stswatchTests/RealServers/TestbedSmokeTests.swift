import Foundation
import Testing

extension RealServerTests {
    /// The servers themselves, asked by other programs than ours: what the suite claims of them is so.
    @Suite("The test bed does what its table says")
    struct Servers {
        let bed: Testbed

        init() throws { bed = try #require(Testbed.current) }

        private func drill(_ arguments: [String]) async throws -> Tool {
            let server = ["-p", String(bed.loopback.dnsPort), "@" + bed.loopback.dns]
            return try await Tool.run(
                bed.tree.path("usr/bin/drill"), arguments + server, environment: bed.tree.environment, seconds: 20)
        }

        private func handshake(_ host: String) async throws -> Tool {
            let address = try #require(bed.addresses[host])
            return try await Tool.run(
                "/usr/bin/openssl",
                [
                    "s_client", "-starttls", "smtp", "-connect", "\(address):\(bed.loopback.smtpPort)", "-servername",
                    host, "-CAfile", bed.authority, "-verify_hostname", host,
                ], input: "QUIT\r\n", seconds: 20)
        }

        @Test(
            "each MX host shows the certificate it should",
            arguments: [
                ("mx1.healthy", "0 (ok)"), ("mx1.exim", "0 (ok)"), ("mx1.expired", "10 (certificate has expired)"),
                ("mx1.wrongname", "62 (hostname mismatch)"), ("mx1.selfsigned", "18 (self-signed certificate)"),
            ])
        func certificates(_ host: String, _ verdict: String) async throws {
            let session = try await handshake(host + "." + Testbed.zone)
            #expect(session.text.contains("Verify return code: \(verdict)"), "\(session.text)\(session.complaint)")
        }

        @Test("where STARTTLS is off, Postfix and Exim do not offer it", arguments: ["mx1.plain", "mx1.eximplain"])
        func starttlsOff(_ host: String) async throws {
            let session = try await handshake(host + "." + Testbed.zone)
            #expect(session.complaint.contains("Didn't find STARTTLS in server response"), "\(session.complaint)")
        }

        @Test("the signed zone validates up to its anchor, and the changed record does not")
        func signatures() async throws {
            // -S chases the signatures of an answer up to the given key or DS.
            let chase = ["-S", "-k", bed.anchor]
            let good = try await drill(chase + ["healthy." + Testbed.zone, "MX"])
            #expect(good.text.contains("DNSSEC Existence denied") == false)
            #expect(good.status == 0, "\(good.text)\(good.complaint)")
            let bad = try await drill(chase + ["bogusmx." + Testbed.zone, "MX"])
            #expect(bad.status != 0, "\(bad.text)\(bad.complaint)")
        }

        @Test(
            "each policy host answers as it should",
            arguments: [
                ("healthy", "200 OK", "mx: mx1.healthy."), ("unlisted", "200 OK", "mx: old.unlisted."),
                ("notfound", "404 Not Found", ""), ("redirect", "301 Moved Permanently", "Location: https://"),
            ])
        func policies(_ label: String, _ status: String, _ text: String) async throws {
            let host = "mta-sts.\(label).\(Testbed.zone)"
            let answer = try await Tool.run(
                "/usr/bin/openssl",
                [
                    "s_client", "-quiet", "-connect", "\(bed.loopback.policyHost):\(bed.loopback.httpsPort)",
                    "-servername", host, "-CAfile", bed.authority, "-verify_hostname", host, "-verify_return_error",
                ],
                input: "GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n",
                seconds: 20)
            #expect(answer.text.hasPrefix("HTTP/1.1 \(status)\r\n"), "\(answer.complaint)")
            #expect(text.isEmpty || answer.text.contains(text), "\(answer.text)")
        }
    }
}
