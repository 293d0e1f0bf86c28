import Foundation

/// The zones of the test bed: written as text, signed with `ldns-signzone`, then spoilt where a domain asks for it.
struct TestbedZones {
    /// File of the parent zone's DS, for `--trust-anchor`.
    let anchor: String
    /// Configuration of an authoritative server for all zones.
    let configuration: String

    private let tree: ServerTree
    private let folder: URL
    private let loopback: Loopback

    /// Writes and signs every zone; `digests` holds the key digest of each MX host that shows a certificate.
    init(
        of domains: [TestbedDomain], addresses: [String: String], digests: [String: String], loopback: Loopback,
        tree: ServerTree, in folder: URL
    ) async throws {
        self.tree = tree
        self.folder = folder
        self.loopback = loopback
        anchor = folder.appendingPathComponent("anchor.ds").path
        configuration = folder.appendingPathComponent("nsd.conf").path

        var parent = ""
        var zones: [(name: String, file: String)] = []
        for domain in domains {
            let records = records(of: domain, addresses: addresses, digests: digests)
            guard domain.zone != .parent else {
                parent += records
                continue
            }
            let plain = try write(head(of: domain.name) + records, as: domain.name)
            parent += "\(domain.name). NS ns.\(Testbed.zone).\n"
            if domain.zone == .unsigned {
                zones.append((domain.name, plain))
                continue
            }
            var ds = ""
            let signed = try await sign(plain, zone: domain.name, ds: &ds)
            if domain.zone == .wrongDS { ds = Self.spoil(ds) }
            parent += ds
            if case .changed(let from, let to) = domain.zone { try change(signed, from: from, to: to) }
            zones.append((domain.name, signed))
        }
        parent += "ns.\(Testbed.zone). A \(loopback.dns)\n"
        var ds = ""
        let plain = try write(head(of: Testbed.zone) + parent, as: Testbed.zone)
        zones.append((Testbed.zone, try await sign(plain, zone: Testbed.zone, ds: &ds)))
        try ds.write(toFile: anchor, atomically: false, encoding: .utf8)
        let version = try await Tool.require(tree.path("usr/sbin/nsd"), ["-v"], environment: tree.environment)
        let words = (version.text + version.complaint).split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
        // Since 4.8 there is no database on disk, nor the option that turns it off.
        let hasDatabase = words.lexicographicallyPrecedes([4, 8])
        try serverConfiguration(zones, hasDatabase: hasDatabase).write(
            toFile: configuration, atomically: false, encoding: .utf8)
    }

    private func head(of zone: String) -> String {
        """
        $ORIGIN \(zone).
        $TTL 300
        @ SOA ns.\(Testbed.zone). hostmaster.\(Testbed.zone). 1 3600 900 604800 300
        @ NS ns.\(Testbed.zone).

        """
    }

    private func records(of domain: TestbedDomain, addresses: [String: String], digests: [String: String]) -> String {
        var lines = [
            "_mta-sts.\(domain.name). TXT \"v=STSv1; id=20260101T1;\"",
            "\(domain.policyHost). A \(loopback.policyHost)",
        ]
        if domain.hasTLSRPT {
            lines.append("_smtp._tls.\(domain.name). TXT \"v=TLSRPTv1; rua=mailto:tls@\(domain.name)\"")
        }
        for (index, host) in domain.hosts.enumerated() {
            let name = domain.fullName(of: host)
            let exchange = domain.exchangeName(of: host)
            if domain.exchange != .implicit { lines.append("\(domain.name). MX \(10 * (index + 1)) \(exchange).") }
            if exchange != name { lines.append("\(exchange). CNAME \(name).") }
            lines.append("\(name). A \(addresses[name, default: loopback.policyHost])")
            if host.hasIPv6 && loopback.hasIPv6 { lines.append("\(name). AAAA ::1") }
            guard let tlsa = host.tlsa, let digest = digests[name] else { continue }
            let other = String(digest.reversed())
            let shown: [String] =
                switch tlsa {
                case .match: ["3 1 1 \(digest)"]
                case .mismatch: ["3 1 1 \(other)"]
                case .rollover: ["3 1 1 \(other)", "3 1 1 \(digest)"]
                case .anchor: ["2 1 1 \(digest)"]
                }
            lines += shown.map { "_25._tcp.\(name). TLSA \($0)" }
        }
        if domain.exchange == .null { lines.append("\(domain.name). MX 0 .") }
        return lines.joined(separator: "\n") + "\n"
    }

    private func write(_ text: String, as zone: String) throws -> String {
        let file = folder.appendingPathComponent(zone + ".zone").path
        try text.write(toFile: file, atomically: false, encoding: .utf8)
        return file
    }

    /// Signs a zone file with a key of its own; sets `ds` to the DS line of that key.
    private func sign(_ file: String, zone: String, ds: inout String) async throws -> String {
        let made = try await Tool.require(
            tree.path("usr/bin/ldns-keygen"), ["-k", "-a", "ECDSAP256SHA256", "-r", "/dev/urandom", zone],
            in: folder, environment: tree.environment)
        let key = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
        ds = try String(contentsOf: folder.appendingPathComponent(key + ".ds"), encoding: .utf8)
        let now = Date()
        let signed = file + ".signed"
        try await Tool.require(
            tree.path("usr/bin/ldns-signzone"),
            ["-i", Self.day(now - 2 * 86_400), "-e", Self.day(now + 90 * 86_400), "-f", signed, file, key],
            in: folder, environment: tree.environment)
        return signed
    }

    /// Changes a text of a signed zone file, so that the signature beside it is no longer true.
    private func change(_ file: String, from: String, to: String) throws {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let changed = text.replacingOccurrences(of: from, with: to)
        guard changed != text else { throw Tool.Failure(description: "no \(from) in \(file)") }
        try changed.write(toFile: file, atomically: false, encoding: .utf8)
    }

    /// The same DS with another digest.
    private static func spoil(_ ds: String) -> String {
        var fields = ds.split { $0.isWhitespace }.map(String.init)
        guard let digest = fields.popLast() else { return ds }
        return (fields + [String(digest.reversed())]).joined(separator: " ") + "\n"
    }

    private static func day(_ date: Date) -> String { String(date.ISO8601Format().filter { $0.isNumber }.prefix(8)) }

    private func serverConfiguration(_ zones: [(name: String, file: String)], hasDatabase: Bool) -> String {
        let path = folder.path
        let server = """
            server:
                ip-address: \(loopback.dns)@\(loopback.dnsPort)
                do-ip6: no
                server-count: 1
                username: ""
                chroot: ""
                zonesdir: "\(path)"
                \(hasDatabase ? "database: \"\"" : "")
                xfrdir: "\(path)"
                pidfile: "\(path)/nsd.pid"
                xfrdfile: "\(path)/xfrd.state"
                zonelistfile: "\(path)/zone.list"
                logfile: "\(path)/nsd.log"
            remote-control:
                control-enable: no

            """
        return server + zones.map { "zone:\n    name: \"\($0.name)\"\n    zonefile: \"\($0.file)\"\n" }.joined()
    }
}
