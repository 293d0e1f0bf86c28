public import Evidence
public import MTASTS

extension UnboundResolver {
    /// Servers of a zone that are asked, and MX hosts whose TLSA records are asked for.
    private static let (mostServers, mostHosts) = (8, 4)
    /// How long one server has for one answer.
    private static let patience: Duration = .seconds(3)

    /// Asks each name server of the domain's zone itself for MX, policy record and TLSA records, as a resolver asks a
    /// forwarder: what the server does not know itself it refuses, and nobody else is asked.
    ///
    /// - Parameters:
    ///   - hosts: MX hosts; those outside the zone are left out.
    ///   - allowPrivate: whether servers at addresses that are not public are asked.
    public func nameServerViews(
        of domain: DomainName, hosts: [DomainName], allowPrivate: Bool
    ) async -> NameServerViews {
        guard let (zone, names) = await zone(of: domain) else { return NameServerViews([]) }
        var questions = [Question(name: domain.text, type: .mx)]
        if let name = domain.prefixed("_mta-sts") { questions.append(Question(name: name.text, type: .txt)) }
        let inside = hosts.filter { $0.isAtOrBelow(zone) }
        for host in inside.prefix(Self.mostHosts) {
            if let name = host.prefixed("_25._tcp") { questions.append(Question(name: name.text, type: .tlsa)) }
        }
        let asked = questions
        let views = await withTaskGroup(of: NameServerViews.View?.self) { group in
            for name in names.prefix(Self.mostServers) {
                group.addTask { await self.view(of: name, asked, allowPrivate: allowPrivate) }
            }
            var views: [NameServerViews.View] = []
            for await view in group { if let view { views.append(view) } }
            return views
        }
        return NameServerViews(views.sorted { $0.server.text < $1.server.text })
    }

    /// The zone that holds a name, and its name servers; nil where they cannot be had.
    private func zone(of domain: DomainName) async -> (DomainName, [DomainName])? {
        var name = domain
        for _ in 0..<5 {
            let answer = await answer(name, .ns, fresh: false, read: RDataReader.names)
            if answer.failure != nil || !answer.aliases.isEmpty { return nil }
            if let servers = answer.value { return (name, servers) }
            // Names are not asked of a top-level domain.
            guard let above = name.parent, above.parent != nil else { return nil }
            name = above
        }
        return nil
    }

    private func view(
        of server: DomainName, _ questions: [Question], allowPrivate: Bool
    ) async -> NameServerViews.View? {
        let found = await addresses(server, fresh: false).all
        guard let address = found.first(where: { allowPrivate || !$0.isSpecialUse }) else { return nil }
        var sayings: [String: [String]] = [:]
        guard await gate.enter() else { return nil }
        defer { gate.leave() }
        do throws(ResolverSetupError) {
            let context = try await pool.asking("\(address)@\(nameServerPort)", timeout: Self.patience)
            await withTaskGroup(of: (Question, [String]?).self) { group in
                for question in questions {
                    group.addTask { (question, Self.records(await context.lookup(question), question.type)) }
                }
                for await (question, records) in group {
                    guard let records else { continue }
                    sayings["\(question.type.mnemonic) \(question.name)"] = records
                }
            }
        } catch {
            return nil
        }
        return NameServerViews.View(server: server, address: address, sayings: sayings)
    }

    /// The records of an answer in presentation form, sorted; nil for what is none, and for an alias: what its target
    /// holds is another zone's matter.
    private static func records(_ event: LookupEvent, _ type: RecordType) -> [String]? {
        guard case .answer(let raw) = event, raw.rcode == 0 || raw.rcode == 3, let message = DNSMessage(raw.packet),
            !message.isTruncated, message.aliasTTL == nil
        else { return nil }
        guard !raw.records.isEmpty else { return [] }
        let records =
            switch type {
            case .mx:
                try? RDataReader.mx(raw.records).map { "\($0.preference) \($0.host?.text ?? ".")" }
            case .tlsa: try? RDataReader.tlsa(raw.records).map(\.description)
            case .txt:
                // Others are none of ours (RFC 8461 3.1).
                try? RDataReader.txt(raw.records).map { VisibleText.escape($0.bytes) }.filter {
                    $0.hasPrefix("v=STSv1")
                }
            default: [String]?.none
            }
        return records?.sorted()
    }
}
