/// One policy domain of the test bed: what its servers do. All names stand under `Testbed.zone`.
struct TestbedDomain {
    /// First label of the domain, and its name in the tests.
    let label: String
    var zone: Zone = .parent
    var hosts: [Host]
    var policy: Policy = .listing(nil)
    var hasTLSRPT = false
    var exchange: Exchange = .records

    /// What stands at the domain's own name for those who bring mail.
    enum Exchange {
        /// An MX record for each host.
        case records
        /// One MX record, for a name that is a CNAME of the first host.
        case alias
        /// Only the address of the first host, whose label is empty (RFC 5321 5.1).
        case implicit
        /// `0 .` (RFC 7505).
        case null
    }

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
        /// Label under the domain; empty for the domain itself.
        let label: String
        var server = Server.postfix
        /// nil: STARTTLS is off.
        var certificate: Certificate? = Certificate()
        var tlsa: TLSA?
        /// Whether it listens on `::1` also.
        var hasIPv6 = false
        /// Whether anything listens on its IPv4 address.
        var hasIPv4 = true
        /// Stands at the address of the first host, whose server tells the two apart by the SNI.
        var isBehindFirst = false
        /// Speaks no TLS but 1.0.
        var isLegacy = false
    }

    enum Server { case postfix, exim }

    /// TLSA 3 1 1 of the host's own key, of another, of both; or 2 1 1 of the intermediate authority.
    enum TLSA { case match, mismatch, rollover, anchor }

    /// What a host shows in its handshake.
    struct Certificate: Equatable {
        /// nil: the host's own name.
        var name: String?
        var isExpired = false
        var isSelfSigned = false
        var key = Key.ecdsa
        /// More names under the test bed's zone.
        var moreNames: [String] = []
        var issuer = Issuer.root

        /// The authority that is known to all, or one below it whose certificate is sent, or is not.
        enum Issuer { case root, intermediate, intermediateNotSent }

        enum Key { case ecdsa, rsa }
    }

    var name: String { label + "." + Testbed.zone }
    var policyHost: String { "mta-sts." + name }

    func fullName(of host: Host) -> String { host.label.isEmpty ? name : host.label + "." + name }

    /// The name that an MX record gives for a host, which its certificate must name.
    func exchangeName(of host: Host) -> String { exchange == .alias ? "mail." + name : fullName(of: host) }

    /// The policy file that the policy host serves; nil where it serves none.
    var policyBody: String? {
        guard case .listing(let patterns) = policy else { return nil }
        let lines = (patterns ?? hosts.map(exchangeName(of:))).map { "mx: \($0)\r\n" }
        return "version: STSv1\r\nmode: enforce\r\n" + lines.joined() + "max_age: 604800\r\n"
    }
}
