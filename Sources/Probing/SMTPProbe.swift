public import Evidence
public import MTASTS
public import NIOCore
public import OpenSSLTLS
public import Polling

/// Probes MX addresses over TCP: one connection a call, a second one only to tell an old TLS from a dead one.
///
/// A survey takes one or two more, one after the other.
public final class SMTPProbe: SMTPProber {
    private let group: any EventLoopGroup
    let judge: any ChainJudge
    let client: TLSContext
    private let permissive: TLSContext
    let families: [KeyFamily: TLSContext]
    private let helo: DomainName
    let deadlines: ProbeDeadlines

    /// - Parameters:
    ///   - client: a client context for TLS 1.2 and up.
    ///   - permissive: a client context for TLS 1.0 and up.
    ///   - families: for each key family a client context that takes no other; without one it is not asked for.
    ///   - helo: the name said in EHLO (RFC 5321 4.1.1.1).
    public init(
        group: any EventLoopGroup, judge: any ChainJudge, client: TLSContext, permissive: TLSContext,
        families: [KeyFamily: TLSContext] = [:], helo: DomainName, deadlines: ProbeDeadlines = ProbeDeadlines()
    ) {
        self.group = group
        self.judge = judge
        self.client = client
        self.permissive = permissive
        self.families = families
        self.helo = helo
        self.deadlines = deadlines
    }

    public func probe(_ key: SessionKey) async -> SessionEvidence {
        let end = NIODeadline.now() + TimeAmount(deadlines.probe)
        let first = await converse(key, context: client, serverName: key.serverName, end: end)
        if Task.isCancelled { return evidence(key, first, outcome: .error("cancelled")) }
        // Who keeps silent would keep silent once more.
        guard case .tls(let failure) = first.report.outcome, first.handshake == nil, failure.kind != .silence,
            case .offered = first.report.starttls
        else { return evidence(key, first) }

        var second = await converse(key, context: permissive, serverName: key.serverName, end: end)
        if Task.isCancelled { return evidence(key, first, outcome: .error("cancelled")) }
        guard let handshake = second.handshake else { return evidence(key, first) }
        second.connectMilliseconds = first.connectMilliseconds
        return evidence(key, second, outcome: .tls(Self.failure(failure, despite: handshake)))
    }

    /// What the success of the permissive attempt makes of the failure of the normal one.
    private static func failure(_ failure: TLSFailure, despite handshake: TLSHandshake) -> TLSFailure {
        let reached = "\(failure.reason); \(handshake.version) with \(handshake.cipher) was reached"
        let isLegacy = handshake.version == "TLSv1" || handshake.version == "TLSv1.1"
        return TLSFailure(
            kind: isLegacy ? .legacyOnly : failure.kind,
            reason: isLegacy ? reached : "\(reached) only by a client that accepts outdated TLS, or at the second try")
    }

    private func evidence(
        _ key: SessionKey, _ result: ProbeResult, outcome: ConnectionOutcome? = nil
    ) -> SessionEvidence {
        SessionEvidence(
            key: key, outcome: outcome ?? result.report.outcome, starttls: result.report.starttls,
            tls: result.handshake.map { TLSSession($0, judge: judge) }, dialogue: result.report.dialogue,
            connectMilliseconds: result.connectMilliseconds, tlsMilliseconds: result.tlsMilliseconds)
    }

    /// One connection, from SYN to close; ends at `end` at the latest.
    /// - Parameter serverName: sent as SNI; nil sends none.
    func converse(
        _ key: SessionKey, context: TLSContext, serverName: DomainName?, end: NIODeadline
    ) async -> ProbeResult {
        let loop = group.next()
        let leash = ChannelLeash()
        let helo = helo.text
        let deadlines = deadlines
        do {
            return try await withTaskCancellationHandler {
                try await loop.flatSubmit {
                    let promise = loop.makePromise(of: ProbeResult.self)
                    let handler = SMTPProbeHandler(
                        helo: helo, loop: loop, deadlines: deadlines, end: end, promise: promise
                    ) {
                        TLSHandler(context: context, role: .client(serverName: serverName))
                    }
                    let bound = NIOLoopBound(handler, eventLoop: loop)
                    let left = end - .now()
                    Dialer.dial(
                        key.address, port: key.port, on: loop, timeout: min(TimeAmount(deadlines.connect), left),
                        readSize: Limits.smtpRead, leash: leash
                    ) { channel in
                        try channel.pipeline.syncOperations.addHandler(bound.value)
                    }.whenFailure { bound.value.connectFailed($0) }
                    return promise.futureResult
                }.get()
            } onCancel: {
                leash.cut()
            }
        } catch {
            // Only an event loop that is shut down comes here.
            let report = ProbeReport(outcome: .error("\(error)"), starttls: .unknown, dialogue: SMTPDialogue())
            return ProbeResult(report: report)
        }
    }
}
