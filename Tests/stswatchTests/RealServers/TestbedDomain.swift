/// One policy domain of the test bed: what its servers do. All names stand under `Testbed.zone`.
struct TestbedDomain {
    /// First label of the domain, and its name in the tests.
    let label: String
    var zone: Zone = .parent
    var hosts: [Host]
    var policy: Policy = .listing(nil)
    var hasTLSRPT = false

    /// Where the domain's records stand, and what is wrong with their signatures.
    enum Zone: Equatable {
        /// In the signed parent zone.
        case parent
        /// In a child zone that the parent delegates without DS.
        case unsigned
        /// In a signed child zone where this text of the signed file was changed afterwards.
        case changed(from: String, to: String)
        /// In a signed child zone whose DS in the parent belongs to another key.
        case wrongDS
    }

    /// How the policy host answers.
    enum Policy: Equatable {
        /// A policy in mode enforce with these mx patterns; nil: exactly the domain's hosts.
        case listing([String]?)
        case notFound
        case redirect
    }

    /// One MX host; preference is 10 times its place, counted from 1.
    struct Host {
        /// Label under the domain.
        let label: String
        var server = Server.postfix
        /// nil: STARTTLS is off.
        var certificate: Certificate? = Certificate()
        var tlsa: TLSA?
        /// Whether it listens on `::1` also.
        var hasIPv6 = false
    }

    enum Server { case postfix, exim }

    /// TLSA 3 1 1 of the host's own key, or of another.
    enum TLSA { case match, mismatch }

    /// What a host shows in its handshake.
    struct Certificate: Equatable {
        /// nil: the host's own name.
        var name: String?
        var isExpired = false
        var isSelfSigned = false
        var key = Key.ecdsa

        enum Key { case ecdsa, rsa }
    }

    var name: String { label + "." + Testbed.zone }
    var policyHost: String { "mta-sts." + name }

    func fullName(of host: Host) -> String { host.label + "." + name }

    /// The policy file that the policy host serves; nil where it serves none.
    var policyBody: String? {
        guard case .listing(let patterns) = policy else { return nil }
        let lines = (patterns ?? hosts.map(fullName(of:))).map { "mx: \($0)\r\n" }
        return "version: STSv1\r\nmode: enforce\r\n" + lines.joined() + "max_age: 604800\r\n"
    }
}
