/// The lab's internet as a value: what is written here is what the sockets do.
public struct LabWorld: Hashable, Sendable {
    /// A host in good order that no policy lists; always there, for MX records that are pointed astray.
    public static let elsewhere = "mx.elsewhere.example"

    /// In the order given.
    public var domains: [LabDomain]
    /// In the order given, then those that only a domain names.
    public var hosts: [LabHost]

    /// - Parameter hosts: those that are not simply in order; every other MX host is added.
    public init(domains: [LabDomain], hosts: [LabHost] = []) {
        self.domains = domains
        self.hosts = hosts
        var known = Set(hosts.map(\.name))
        for name in domains.flatMap(\.hosts) + [Self.elsewhere] where known.insert(name).inserted {
            self.hosts.append(LabHost(name))
        }
    }

    /// The names of the domains: a list to watch.
    public var watchList: [String] { domains.map(\.name) }

    public func domain(_ name: String) -> LabDomain? { domains.first { $0.name == name } }

    public func host(_ name: String) -> LabHost? { hosts.first { $0.name == name } }

    /// Changes one domain; nothing where there is none of that name.
    public mutating func edit(domain name: String, _ change: (inout LabDomain) -> Void) {
        for index in domains.indices where domains[index].name == name { change(&domains[index]) }
    }

    /// Changes one host; nothing where there is none of that name.
    public mutating func edit(host name: String, _ change: (inout LabHost) -> Void) {
        for index in hosts.indices where hosts[index].name == name { change(&hosts[index]) }
    }
}
