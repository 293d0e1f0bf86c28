extension LabIncident {
    /// What the incident is on the world as a value.
    func apply(to world: inout LabWorld, _ subject: String) throws(LabError) {
        switch self {
        case .stripSTARTTLS: try hosts(subject, &world) { $0.behaviour = .noSTARTTLS }
        case .hostDown: try hosts(subject, &world) { $0.behaviour = .refused }
        case .wrongCertificate: try hosts(subject, &world) { $0.certificate = .named("default.elsewhere.example") }
        case .expiredCertificate: try hosts(subject, &world) { $0.certificate = .expired }
        case .keyChanged: try hosts(subject, &world) { $0.keyChanges += 1 }
        case .unlistedMX: try domain(subject, &world) { $0.mx = [LabDomain.MX(10, LabWorld.elsewhere)] }
        case .brokenPolicy: try domain(subject, &world) { $0.policy?.replaceLine("mode:", with: ["mode: enforced"]) }
        case .policyGone: try domain(subject, &world) { $0.policy = .notFound }
        case .silentEdit: try domain(subject, &world) { $0.policy?.loseAnMX() }
        case .recordRemoved: try domain(subject, &world) { $0.records = [] }
        }
    }

    /// What the repair is on the world as a value.
    func repair(in world: inout LabWorld, _ subject: String, as original: LabWorld) throws(LabError) {
        switch self {
        case .stripSTARTTLS, .hostDown:
            try hosts(subject, &world, as: original) { $0.behaviour = $1.behaviour }
        case .wrongCertificate, .expiredCertificate:
            try hosts(subject, &world, as: original) { $0.certificate = $1.certificate }
        case .keyChanged:
            try hosts(subject, &world, as: original) { $0.keyChanges = $1.keyChanges }
        case .unlistedMX:
            try domain(subject, &world, as: original) { $0.mx = $1.mx }
        case .brokenPolicy, .policyGone:
            try domain(subject, &world, as: original) { $0.policy = $1.policy }
        case .recordRemoved:
            try domain(subject, &world, as: original) { if $0.records.isEmpty { $0.records = $1.records } }
        case .silentEdit:
            try domain(subject, &world, as: original) { now, before in
                guard now.policy != before.policy else { return }
                // The order that is safe: the body first, then the id (RFC 8461 8.1).
                now.policy = before.policy
                now.publishNewID()
            }
        }
    }

    private func hosts(
        _ subject: String, _ world: inout LabWorld, _ change: (inout LabHost) -> Void
    ) throws(LabError) {
        for name in try names(subject, world) { world.edit(host: name, change) }
    }

    private func hosts(
        _ subject: String, _ world: inout LabWorld, as original: LabWorld,
        _ change: (inout LabHost, LabHost) -> Void
    ) throws(LabError) {
        for name in try names(subject, original) {
            guard let before = original.host(name) else { continue }
            world.edit(host: name) { change(&$0, before) }
        }
    }

    private func names(_ subject: String, _ world: LabWorld) throws(LabError) -> [String] {
        if world.host(subject) != nil { return [subject] }
        guard let hosts = world.domain(subject)?.hosts, !hosts.isEmpty else {
            throw LabError("\(rawValue) needs an MX host, or a domain that has one: \(subject) is neither.")
        }
        return hosts
    }

    private func domain(
        _ subject: String, _ world: inout LabWorld, as original: LabWorld? = nil,
        _ change: (inout LabDomain) -> Void
    ) throws(LabError) {
        guard world.domain(subject) != nil else {
            throw LabError("\(rawValue) needs a domain of the lab: \(subject) is none.")
        }
        world.edit(domain: subject, change)
    }

    private func domain(
        _ subject: String, _ world: inout LabWorld, as original: LabWorld,
        _ change: (inout LabDomain, LabDomain) -> Void
    ) throws(LabError) {
        guard let before = original.domain(subject) else {
            throw LabError("\(rawValue) needs a domain of the lab: \(subject) is none.")
        }
        world.edit(domain: subject) { change(&$0, before) }
    }
}

extension LabPolicyReply {
    /// Puts other lines in the place of the first that begins so.
    mutating func replaceLine(_ key: String, with new: [String]) {
        var all = lines
        guard let index = all.firstIndex(where: { $0.hasPrefix(key) }) else { return }
        all.replaceSubrange(index...index, with: new)
        body = Array(all.map { $0 + "\r\n" }.joined().utf8)
    }

    /// Drops the last of several mx lines, or mistypes the only one.
    mutating func loseAnMX() {
        let listed = lines.filter { $0.hasPrefix("mx:") }
        guard let last = listed.last else { return }
        replaceLine(last, with: listed.count > 1 ? [] : ["mx: mistyped.elsewhere.example"])
    }

    private var lines: [String] {
        body.split(whereSeparator: { $0 == 0x0d || $0 == 0x0a }).map { String(decoding: $0, as: UTF8.self) }
    }
}
