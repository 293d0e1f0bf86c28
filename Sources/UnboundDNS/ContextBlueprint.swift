import CUnbound

/// All that makes a context: contexts are replaced now and then, each time built alike.
struct ContextBlueprint: Sendable {
    enum Validation: Sendable {
        /// Bogus data is refused, with the reason.
        case strict
        /// Everything is fetched as for validation, and handed out whatever the validator thinks.
        case permissive
        /// Nothing is validated.
        case off
    }

    enum Upstream: Sendable {
        /// These servers, as libunbound reads them: `ADDRESS@PORT`.
        case servers([String])
        /// Those of the system, read again for each context.
        case system(SystemResolvers)
        /// The root servers and down from there.
        case roots
        /// As `roots`, but one zone at this server, asked as its authority.
        case zone(String, at: String)
    }

    var upstream: Upstream
    var allowsLoopback = true
    /// Trust anchors, one record each.
    var anchors: [String] = []
    var validation = Validation.strict
    var timeout: Duration = .seconds(10)

    /// Servers that must not be asked on somebody's word: a hostile zone may name any address as its server.
    private static let innerNetworks = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "::/96", "::ffff:0:0/96", "fc00::/7", "fe80::/10",
    ]

    /// Settings for every context. Nothing is written about the caches' lifetimes: libunbound keeps those for the whole
    /// process and would cut the TTLs that are reported, so a context that has grown old is replaced instead.
    private static let settings = [
        ("outgoing-range:", "100"), ("outgoing-num-tcp:", "16"), ("msg-cache-size:", "4m"),
        ("rrset-cache-size:", "8m"), ("infra-host-ttl:", "60"), ("infra-keep-probing:", "yes"),
        ("aggressive-nsec:", "no"), ("minimal-responses:", "yes"), ("rrset-roundrobin:", "no"),
        // The reasons of failed lookups go to the log, and only there.
        ("log-servfail:", "yes"), ("val-log-level:", "2"), ("val-log-squelch:", "no"),
    ]

    /// Builds a context and starts its thread; takes some milliseconds.
    func build() throws(ResolverSetupError) -> UnboundContext {
        let handle = try UnboundLibrary.create { handle throws(ResolverSetupError) in try configure(handle) }
        return UnboundContext(handle: handle, isValidating: validation != .off, timeout: timeout)
    }

    private func configure(_ context: OpaquePointer) throws(ResolverSetupError) {
        ub_ctx_async(context, 1)
        for (option, value) in Self.settings { try set(context, option, value) }
        try set(context, "module-config:", validation == .off ? "iterator" : "validator iterator")
        if validation == .permissive { try set(context, "val-permissive-mode:", "yes") }
        try configureUpstream(context)
        if validation != .off {
            for anchor in anchors { try check(ub_ctx_add_ta(context, anchor), "The trust anchor \(anchor)") }
        }
        // The first call of this kind makes the settings final and reads the anchors. And `test` is a name like any
        // other here: the zones of labs live there.
        guard ub_ctx_zone_remove(context, "test.") == 0 else {
            throw ResolverSetupError(
                "The resolver cannot be set up: libunbound refuses its settings, or one of the trust anchors.")
        }
        // Starts the thread while no other context is being made; the answer, from a built-in zone, finds nobody.
        let started = ub_resolve_async(context, "localhost.", 1, 1, nil, PendingLookups.receive, nil)
        try check(started, "The resolver's thread")
    }

    private func configureUpstream(_ context: OpaquePointer) throws(ResolverSetupError) {
        switch upstream {
        case .servers(let servers):
            for server in servers { try check(ub_ctx_set_fwd(context, server), "The resolver address \(server)") }
        case .system(let system):
            let servers = try system.read()
            // What the C library would not understand either is passed over.
            let accepted = servers.count { ub_ctx_set_fwd(context, $0) == 0 }
            guard accepted > 0 else {
                throw ResolverSetupError(
                    "\(system.path) names no server that can be asked: name one with --resolver ADDRESS.")
            }
        case .roots:
            guard !allowsLoopback else { return }
            try set(context, "do-not-query-localhost:", "yes")
            for network in Self.innerNetworks { try set(context, "do-not-query-address:", network) }
        case .zone(let zone, let server):
            try check(ub_ctx_set_stub(context, zone, server, 0), "The server address \(server)")
        }
    }

    private func set(_ context: OpaquePointer, _ option: String, _ value: String) throws(ResolverSetupError) {
        try check(ub_ctx_set_option(context, option, value), "The setting \(option) \(value)")
    }

    private func check(_ code: Int32, _ what: String) throws(ResolverSetupError) {
        guard code != 0 else { return }
        throw ResolverSetupError("\(what) cannot be used (\(UnboundLibrary.message(code))).")
    }
}

extension ContextBlueprint {
    var asksForwarders: Bool { upstream.isForwarding }
}

extension ContextBlueprint.Upstream: CustomStringConvertible {
    /// True where other resolvers do the work.
    var isForwarding: Bool {
        switch self {
        case .servers, .system: true
        case .roots, .zone: false
        }
    }

    /// The servers by name, for a sentence.
    var description: String {
        switch self {
        case .servers(let servers):
            servers.map { $0.hasSuffix("@53") ? String($0.dropLast(3)) : $0 }.joined(separator: ", ")
        case .system(let system): (try? system.read().joined(separator: ", ")) ?? "the system's resolvers"
        case .roots: "the root servers"
        case .zone(let zone, let server): "\(server) for \(zone)"
        }
    }
}
