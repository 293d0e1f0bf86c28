import Deliverability
import Evidence
import FoundationEssentials
import MTASTS
import OpenSSLTLS
import Polling
import Settings

/// Reads what the options of `plan` say; each complaint names the option and what it takes.
enum PlanInput {
    /// A certificate that is to be shown by one MX host, or by all that it is for.
    struct Chain {
        enum Source {
            /// From a file, with its name.
            case chain(CertificateChain, file: String)
            /// The one of today, with other dates.
            case dates(CertificateDates)
        }

        let host: DomainName?
        let source: Source

        /// Puts the certificate where it belongs among these MX hosts.
        func install(in change: inout PlannedChange, hosts: [HostEvidence], _ poller: Poller, now: Date) throws {
            if let host, !hosts.contains(where: { $0.host == host }) {
                throw CommandFailure("--certificate \(host)=...: \(host) is no MX host of the domain", .usage)
            }
            switch source {
            case .chain(let chain, let file): try install(chain, file, in: &change, hosts.map(\.host), poller)
            case .dates(let dates): try install(dates, in: &change, hosts, now)
            }
        }

        private func install(
            _ chain: CertificateChain, _ file: String, in change: inout PlannedChange, _ hosts: [DomainName],
            _ poller: Poller
        ) throws {
            let facts = poller.certificates(of: chain)
            guard let leaf = facts.first else {
                throw CommandFailure("--certificate \(shown(file)): its first certificate cannot be read", .noInput)
            }
            let certificate = PlannedChange.Certificate(chain: chain, facts: facts, trust: poller.trust(of: chain))
            let named = host.map { [$0] } ?? hosts.filter(leaf.covers)
            guard !named.isEmpty else {
                throw CommandFailure(
                    "--certificate \(shown(file)): it names none of the MX hosts; to see what comes of it, give "
                        + "HOST=FILE", .usage)
            }
            for host in named { change.certificates[host] = certificate }
        }

        private func install(
            _ dates: CertificateDates, in change: inout PlannedChange, _ hosts: [HostEvidence], _ now: Date
        ) throws {
            let renewed = hosts.filter { host == nil || $0.host == host }.compactMap { seen in
                seen.sessions.compactMap(\.value.tls).first.flatMap {
                    PlannedChange.Certificate(renewing: $0, dates, now: now)
                }.map { (seen.host, $0) }
            }
            guard !renewed.isEmpty else {
                throw CommandFailure(
                    "--certificate: no certificate was seen at \(host?.text ?? "any MX host") that dates could be given "
                        + "to: give a PEM file", .usage)
            }
            for (host, certificate) in renewed { change.certificates[host] = certificate }
        }
    }

    static func change(
        mx: [String], removeMX: [String], policy: String?, id: String?, tlsa: [String], removesSTS: Bool
    ) throws -> PlannedChange {
        var change = PlannedChange()
        change.addedMX = try mx.map(record)
        change.removedMX = try removeMX.map { try host($0, "--remove-mx") }
        change.removesSTS = removesSTS
        if let policy { change.policyBody = try bytes(policy, "--policy", limit: 1 << 20) }
        if let id {
            guard id.utf8.count <= 32, !id.isEmpty, id.utf8.allSatisfy(isLetterOrDigit) else {
                throw CommandFailure("--id \(shown(id)): an id is 1 to 32 letters and digits", .usage)
            }
            change.recordID = id
        }
        if removesSTS, policy != nil || id != nil {
            throw CommandFailure("--remove-sts does not go with --policy or --id", .usage)
        }
        for text in tlsa {
            let parts = text.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw CommandFailure("--tlsa \(shown(text)): write HOST=3 1 1 HEX, or HOST=none", .usage)
            }
            let name = try host(String(parts[0]), "--tlsa")
            if parts[1] == "none" {
                change.tlsa[name] = change.tlsa[name] ?? []
            } else {
                change.tlsa[name, default: []].append(try tlsaRecord(String(parts[1])))
            }
        }
        return change
    }

    /// Single lines of the policy that is served.
    static func edit(mode: String?, maxAge: Int?, add: [String], remove: [String]) throws -> PolicyEdit {
        func pattern(_ text: String, _ option: String) throws -> MXPattern {
            guard let pattern = MXPattern(text: text) else {
                throw CommandFailure(
                    "\(option) \(shown(text)): write a host name, or *. and a host name, in ASCII", .usage)
            }
            return pattern
        }
        var edit = PolicyEdit()
        if let mode {
            guard let known = STSPolicy.Mode(rawValue: mode) else {
                throw CommandFailure("--mode \(shown(mode)): there are enforce, testing and none", .usage)
            }
            edit.mode = known
        }
        if let maxAge {
            guard (0...STSPolicy.greatestMaxAge).contains(maxAge) else {
                throw CommandFailure("--max-age \(maxAge): 0 to \(STSPolicy.greatestMaxAge) seconds", .usage)
            }
            edit.maxAge = maxAge
        }
        edit.addedMX = try add.map { try pattern($0, "--policy-mx") }
        edit.removedMX = try remove.map { try pattern($0, "--remove-policy-mx") }
        return edit
    }

    /// The hosts that the change speaks of and that must have been looked at.
    static func hosts(of change: PlannedChange, at evidence: DomainEvidence) -> [DomainName] {
        var hosts = change.addedMX.compactMap(\.host)
        let left = (evidence.mx?.value.value ?? []).filter { record in
            record.host.map { !change.removedMX.contains($0) } ?? false
        }
        // Without an MX record the domain itself takes the mail (RFC 5321 5.1).
        if hosts.isEmpty, left.isEmpty, !change.removedMX.isEmpty { hosts = [evidence.domain] }
        return hosts
    }

    /// Judges a change over what was seen of the domain; its new hosts are looked at first.
    /// - Parameter look: how to look at a new host; nil: by the poller, for each question anew.
    static func judge(
        _ change: PlannedChange, _ chains: [Chain], evidence: DomainEvidence, _ poller: Poller, now: Date,
        look: (@Sendable (DomainName) async -> HostEvidence)? = nil
    ) async throws -> Plan {
        var change = change
        try checkRemovals(change, evidence)
        try checkPatterns(change.policyEdit, evidence)
        let known = Set(evidence.hosts.map(\.host))
        let wanted = hosts(of: change, at: evidence).filter { !known.contains($0) }
        let survey = look ?? { await poller.survey($0, for: evidence.domain) }
        var found: [DomainName: HostEvidence] = [:]
        await withTaskGroup(of: HostEvidence.self) { group in
            for host in wanted { group.addTask { await survey(host) } }
            for await seen in group { found[seen.host] = seen }
        }
        let hosts = evidence.hosts + wanted.map { found[$0] ?? HostEvidence(host: $0) }
        for chain in chains { try chain.install(in: &change, hosts: hosts, poller, now: now) }
        let plan = Plan(
            change, evidence: evidence, memory: await poller.memory(of: evidence.domain) ?? DomainMemory(),
            newHosts: found, now: now
        ) { poller.dane(of: $0, records: $1, names: $2) }
        try checkRecords(plan, evidence)
        return plan
    }

    /// Complains of a host that is to go and is no MX; where the records cannot be had nobody can tell.
    private static func checkRemovals(_ change: PlannedChange, _ evidence: DomainEvidence) throws {
        guard let answer = evidence.mx?.value, answer.failure == nil else { return }
        let hosts = (answer.value ?? []).compactMap(\.host)
        guard let stranger = change.removedMX.first(where: { !hosts.contains($0) }) else { return }
        throw CommandFailure("--remove-mx \(stranger): it is no MX host of the domain", .usage)
    }

    /// Complains of an mx line that is to go and is not served.
    private static func checkPatterns(_ edit: PolicyEdit, _ evidence: DomainEvidence) throws {
        let served = evidence.policy?.value.body.map { STSPolicyParser.parse($0).fields.mx } ?? []
        let patterns = served.compactMap { MXPattern(text: $0.text) }
        guard let stranger = edit.removedMX.first(where: { !patterns.contains(where: $0.coversSame) }) else { return }
        throw CommandFailure("--remove-policy-mx \(stranger): no line of the policy that is served is for it", .usage)
    }

    /// Complains of TLSA records for a host that is no MX after the change: no sender would ask for them.
    private static func checkRecords(_ plan: Plan, _ evidence: DomainEvidence) throws {
        guard evidence.mx?.value.failure == nil else { return }
        let hosts = plan.after.hosts.map(\.host)
        let named = plan.change.tlsa.keys.sorted { $0.text < $1.text }
        guard let stranger = named.first(where: { !hosts.contains($0) }) else { return }
        throw CommandFailure("--tlsa \(stranger)=...: \(stranger) is no MX host of the domain after the change", .usage)
    }

    static func certificate(_ text: String) throws -> Chain {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let file = parts.count == 2 ? parts[1] : text
        let name = parts.count == 2 ? try host(parts[0], "--certificate") : nil
        if let dates = CertificateDates(text: file) { return Chain(host: name, source: .dates(dates)) }
        if CertificateDates.isMeant(by: file) {
            throw CommandFailure(
                "--certificate \(shown(file)): write when it ends, such as 2027-02-01, or 2026-11-01..2027-02-01",
                .usage)
        }
        let content = String(decoding: try bytes(file, "--certificate", limit: 1 << 20), as: UTF8.self)
        guard let chain = CertificateChain(pem: content) else {
            throw CommandFailure("--certificate \(shown(file)): give 1 to 20 PEM certificates, leaf first", .noInput)
        }
        return Chain(host: name, source: .chain(chain, file: file))
    }

    private static func record(_ text: String) throws -> MXHost {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let preference = UInt16(parts[0]) else {
            throw CommandFailure("--mx \(shown(text)): write PREFERENCE:HOST, such as 10:mx1.example.com", .usage)
        }
        return MXHost(preference: Int(preference), host: try host(String(parts[1]), "--mx"))
    }

    private static func host(_ text: String, _ option: String) throws -> DomainName {
        switch DomainInput.read(Array(text.utf8)) {
        case .success(let host): return host
        case .failure(let problem): throw CommandFailure("\(option) \(shown(text)): \(problem.reason)", .usage)
        }
    }

    private static func tlsaRecord(_ text: String) throws -> TLSARecord {
        guard let record = TLSARecord(text: text) else {
            throw CommandFailure(
                "--tlsa ...=\(shown(text)): write a record such as 3 1 1 and its hexadecimal data", .usage)
        }
        return record
    }

    private static func bytes(_ file: String, _ option: String, limit: Int) throws -> [UInt8] {
        do throws(FileFailure) {
            return try FileBytes.read(file, limit: limit).bytes
        } catch {
            throw CommandFailure("\(option) \(shown(file)): \(words(error))", .noInput)
        }
    }

    private static func words(_ failure: FileFailure) -> String {
        switch failure {
        case .missing: "there is no such file"
        case .isDirectory: "that is a directory"
        case .notRegular: "that is no regular file"
        case .unreadable(let reason): "\(reason); check its owner and mode"
        case .tooLarge(let limit): "over \(limit >> 10) KiB"
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: false
        }
    }

    private static func shown(_ text: String) -> String { VisibleText.printable(text) }
}
