public import Evidence
public import MTASTS

/// Fetches policies over HTTPS (RFC 8461 3.3).
public protocol PolicyFetcher: Sendable {
    /// Fetches `https://HOST/.well-known/mta-sts.txt` from the first address that answers; follows no redirect.
    ///
    /// The handshake does not verify; the chain's timeline is in the result.
    /// - Parameters:
    ///   - host: `mta-sts.` and the policy domain; sent as SNI and Host.
    ///   - addresses: the policy host's addresses in the order to try them.
    ///   - aliases: the CNAME targets behind the host, kept in the result.
    func fetch(host: DomainName, addresses: [IPAddress], aliases: [DomainName]) async -> PolicyFetch
}
