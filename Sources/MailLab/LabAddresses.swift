import Evidence

/// Which loopback address each host of a lab gets; every lab uses the same ones and a port of its own.
enum LabAddresses {
    /// All policy hosts.
    static let web = ipv4(0, 1)
    /// The name server.
    static let names = ipv4(0, 53)

    /// Host and address in the order of the world: 127.77.1.1 and on, and `::1` for the first host that wants it.
    static func allot(_ world: LabWorld) -> [(LabHost, IPAddress)] {
        var seats: [(LabHost, IPAddress)] = []
        var next = 0
        var loopback = IPAddress("::1")
        for host in world.hosts {
            for _ in 0..<max(1, host.addressCount) {
                seats.append((host, ipv4(1 + next / 250, 1 + next % 250)))
                next += 1
            }
            if host.hasIPv6, let address = loopback {
                seats.append((host, address))
                loopback = nil
            }
        }
        return seats
    }

    private static func ipv4(_ third: Int, _ fourth: Int) -> IPAddress {
        guard let address = IPAddress(bytes: [127, 77, UInt8(truncatingIfNeeded: third), UInt8(fourth)]) else {
            preconditionFailure("four bytes are an address")
        }
        return address
    }
}

extension LabHost {
    /// What the server at this host's addresses is told to be.
    func setup(_ identity: LabIdentity) -> LabMXSetup {
        LabMXSetup(hostName: name, identity: identity, behaviour: behaviour, banner: banner.map { Array($0.utf8) })
    }
}
