public import Evidence
public import MTASTS
public import NIOCore
import NIOHTTP1
public import OpenSSLTLS
public import Polling

/// Fetches policies over HTTPS/1.1: one request a connection, no redirect followed, nothing kept between fetches.
public final class HTTPSPolicyFetcher: PolicyFetcher {
    private let group: any EventLoopGroup
    private let judge: any ChainJudge
    private let client: TLSContext
    private let port: Int
    private let timeout: Duration
    private let connectTimeout: Duration

    /// - Parameters:
    ///   - client: a client context for TLS 1.2 and up.
    ///   - timeout: for the whole fetch, at most and by default 60 seconds (RFC 8461 3.3).
    ///   - connectTimeout: for each address before the next one is tried.
    public init(
        group: any EventLoopGroup, judge: any ChainJudge, client: TLSContext, port: Int = 443,
        timeout: Duration = .seconds(60), connectTimeout: Duration = .seconds(5)
    ) {
        self.group = group
        self.judge = judge
        self.client = client
        self.port = port
        self.timeout = min(timeout, Limits.policyFetch)
        self.connectTimeout = min(connectTimeout, Limits.policyConnect)
    }

    public func fetch(host: DomainName, addresses: [IPAddress], aliases: [DomainName]) async -> PolicyFetch {
        let start = NIODeadline.now()
        let end = start + TimeAmount(timeout)
        var failures: [(address: IPAddress, failure: ConnectFailure)] = []
        for address in addresses.prefix(Limits.policyAddresses) where NIODeadline.now() < end && !Task.isCancelled {
            switch await ask(host, at: address, end: end) {
            case .success(let result) where !Task.isCancelled:
                return fetch(host, address, aliases, since: start, result: result)
            case .success:
                break
            case .failure(let error):
                failures.append((address, ConnectFailure(error)))
            }
        }
        let failure: PolicyFetchFailure =
            if Task.isCancelled {
                .notFetched("cancelled")
            } else if addresses.isEmpty {
                .noHost
            } else {
                Self.failure(after: failures)
            }
        return PolicyFetch(
            host: host, address: failures.last?.address, aliases: aliases, failure: failure,
            milliseconds: Self.milliseconds(since: start))
    }

    private func fetch(
        _ host: DomainName, _ address: IPAddress, _ aliases: [DomainName], since start: NIODeadline,
        result: PolicyResult
    ) -> PolicyFetch {
        let milliseconds = Self.milliseconds(since: start)
        let answer = result.answer
        return PolicyFetch(
            host: host, address: address, aliases: aliases, failure: answer.failure, status: answer.status,
            contentType: answer.contentType, body: answer.body, serverDate: answer.serverDate,
            tls: result.handshake.map { TLSSession($0, judge: judge) }, milliseconds: milliseconds)
    }

    /// One failure for all addresses: a timeout only when nothing else was seen.
    private static func failure(after failures: [(address: IPAddress, failure: ConnectFailure)]) -> PolicyFetchFailure {
        if failures.allSatisfy({ $0.failure == .timeout }) { return .timeout("connect") }
        let words = failures.map { failures.count == 1 ? $0.failure.words : "\($0.address): \($0.failure.words)" }
        return .connect(words.joined(separator: ", "))
    }

    private static func milliseconds(since start: NIODeadline) -> Int {
        Int((NIODeadline.now() - start).nanoseconds / 1_000_000)
    }

    /// One connection to one address; fails only where no connection came to be.
    private func ask(_ host: DomainName, at address: IPAddress, end: NIODeadline) async -> Result<
        PolicyResult, any Error
    > {
        let loop = group.next()
        let leash = ChannelLeash()
        let (client, port) = (client, port)
        let authority = port == 443 ? host.text : "\(host.text):\(port)"
        let timeout = min(TimeAmount(connectTimeout), end - .now())
        do {
            let result = try await withTaskCancellationHandler {
                try await loop.flatSubmit {
                    let promise = loop.makePromise(of: PolicyResult.self)
                    let handler = PolicyFetchHandler(authority: authority, end: end, promise: promise)
                    let bound = NIOLoopBound(handler, eventLoop: loop)
                    Dialer.dial(
                        address, port: port, on: loop, timeout: timeout, readSize: Limits.httpsRead, leash: leash
                    ) { channel in
                        try Self.fill(channel.pipeline.syncOperations, bound.value, client, host)
                    }.whenFailure { bound.value.connectFailed($0) }
                    return promise.futureResult
                }.get()
            } onCancel: {
                leash.cut()
            }
            return .success(result)
        } catch {
            return .failure(error)
        }
    }

    private static func fill(
        _ pipeline: ChannelPipeline.SynchronousOperations, _ handler: PolicyFetchHandler, _ client: TLSContext,
        _ host: DomainName
    ) throws {
        try pipeline.addHandler(TLSHandler(context: client, role: .client(serverName: host)))
        try fillAboveTLS(pipeline, handler)
    }

    /// Everything that reads what TLS has decrypted.
    static func fillAboveTLS(
        _ pipeline: ChannelPipeline.SynchronousOperations, _ handler: PolicyFetchHandler
    ) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldCount = Limits.responseHeaders
        limits.maxHeaderFieldSize = Limits.responseHead
        limits.maxHeaderListSize = Limits.responseHead
        try pipeline.addHandler(ResponseGuard { handler.isHeadComplete })
        try pipeline.addHandler(HTTPRequestEncoder())
        try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder(limitConfiguration: limits)))
        try pipeline.addHandler(handler)
    }
}
