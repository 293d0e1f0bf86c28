import Foundation

/// Real servers on loopback, started for one run of the suite: NSD, nginx, Postfix and Exim, with their own authority.
struct Testbed: Sendable {
    /// The signed zone under which every name of the bed stands.
    static let zone = "lab.example"

    /// The running bed, set by `TestbedRunning` around the suite.
    @TaskLocal static var current: Testbed?

    let loopback: Loopback
    /// PEM file of the bed's authority.
    let authority: String
    /// File with the DS of `zone`.
    let anchor: String
    /// Addresses of the MX hosts by full name.
    let addresses: [String: String]
    /// Those of them at which a server accepts connections.
    private let listening: [String: String]
    let tree: ServerTree
    private let warden: Warden

    /// Starts everything and returns when each server accepts connections.
    static func start(_ domains: [TestbedDomain] = TestbedDomain.all) async throws -> Testbed {
        guard let tree = ServerTree.installed() else {
            throw Tool.Failure(description: "the servers are not installed: run `bash .ci/install --tests`")
        }
        let folder = try Tool.temporaryFolder("stswatch-servers")
        do {
            let bed = try await Testbed(domains, tree: tree, in: folder)
            do {
                try await bed.waitForServers(domains, in: folder)
            } catch {
                await bed.stop()
                throw error
            }
            return bed
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }

    private init(_ domains: [TestbedDomain], tree: ServerTree, in folder: URL) async throws {
        let loopback = try Loopback.pick()
        let certificateFolder = folder.appendingPathComponent("certificates")
        let zoneFolder = folder.appendingPathComponent("zones")
        for new in [certificateFolder, zoneFolder] {
            try FileManager.default.createDirectory(at: new, withIntermediateDirectories: true)
        }
        let certificates = try await TestbedCertificates(in: certificateFolder)
        var addresses: [String: String] = [:]
        var digests: [String: String] = [:]
        var silent: Set<String> = []
        var postfix: [MailServerFiles.Listener] = []
        var exim: [MailServerFiles.Listener] = []
        for domain in domains {
            let first = domain.hosts.first.map(domain.fullName(of:))
            for host in domain.hosts {
                let name = domain.fullName(of: host)
                let address = loopback.mailHost(addresses.count)
                addresses[name] = host.isBehindFirst ? first.flatMap { addresses[$0] } : address
                // What nobody listens for is spoken for by another host's server.
                guard host.hasIPv4 else {
                    silent.insert(name)
                    continue
                }
                var pem: String?
                if let wanted = host.certificate {
                    pem = try await certificates.issue(name, names: [domain.exchangeName(of: host)], as: wanted)
                }
                if let tlsa = host.tlsa {
                    let stem = tlsa == .anchor ? TestbedCertificates.intermediate : name
                    digests[name] = try await certificates.keyDigest(stem)
                }
                if host.isBehindFirst, let pem {
                    exim[exim.count - 1].others.append((name, pem))
                    continue
                }
                let literals = ["[\(address)]"] + (host.hasIPv6 && loopback.hasIPv6 ? ["[::1]"] : [])
                let listener = MailServerFiles.Listener(
                    name: name, endpoints: literals.map { "\($0):\(loopback.smtpPort)" }, pem: pem,
                    isLegacy: host.isLegacy)
                switch host.server {
                case .postfix: postfix.append(listener)
                case .exim: exim.append(listener)
                }
            }
        }
        let web = try await certificates.issue(
            "policy-hosts", names: domains.map(\.policyHost), as: TestbedDomain.Certificate())
        let zones = try await TestbedZones(
            of: domains, addresses: addresses, digests: digests, loopback: loopback, tree: tree, in: zoneFolder)

        let mail = MailServerFiles(tree: tree, folder: folder)
        let policy = PolicyHostFiles(tree: tree, folder: folder, loopback: loopback, pem: web)
        var servers = [
            Warden.Server(
                name: "nsd", command: [tree.path("usr/sbin/nsd"), "-d", "-c", zones.configuration],
                environment: tree.environment),
            try policy.nginx(domains), try mail.postfix(postfix),
        ]
        servers += try exim.map(mail.exim)
        self.loopback = loopback
        self.authority = certificates.authority
        self.anchor = zones.anchor
        self.addresses = addresses
        listening = addresses.filter { !silent.contains($0.key) }
        self.tree = tree
        self.warden = try Warden(servers, in: folder)
    }

    /// Ends every server and removes the bed's folder.
    func stop() async { await warden.stop() }

    private func waitForServers(_ domains: [TestbedDomain], in folder: URL) async throws {
        var endpoints = [
            ("nsd", loopback.dns, loopback.dnsPort), ("nginx", loopback.policyHost, loopback.httpsPort),
        ]
        endpoints += listening.sorted { $0.key < $1.key }.map { ($0.key, $0.value, loopback.smtpPort) }
        for (name, address, port) in endpoints {
            guard await Loopback.accepts(address, port, within: 30) else {
                throw Tool.Failure(
                    description: "\(name) does not listen on \(address):\(port)\n" + Self.lastWords(in: folder))
            }
        }
    }

    /// What the servers printed and logged, for the message of a failed start.
    private static func lastWords(in folder: URL) -> String {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var text = ""
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "out" || file.lastPathComponent.hasSuffix("log"),
                let content = try? String(contentsOf: file, encoding: .utf8), !content.isEmpty
            else { continue }
            text += "\(file.lastPathComponent): \(content.suffix(1_000))\n"
        }
        return text
    }
}
