public import Evidence
import MTASTS
import NIOCore
import OpenSSLTLS

extension SMTPProbe {
    public func survey(_ session: SessionEvidence) async -> TLSSurvey {
        let end = NIODeadline.now() + TimeAmount(deadlines.probe)
        let leaf = session.tls?.leaf
        var otherKey = TLSSurvey.Look.notAsked
        if session.outcome == .ok, let family = leaf?.keyFamily?.other, let context = families[family] {
            otherKey = await look(session.key, context, session.key.serverName, end)
            if case .shown(let tls) = otherKey, tls.leaf?.keyFamily != family {
                otherKey = .refused("the same key family whatever is asked for")
            }
        }
        var withoutName = TLSSurvey.Look.notAsked
        // Only a name that is not answered rightly is worth the question.
        if leaf.map({ !$0.covers(session.key.serverName) }) ?? true {
            withoutName = await look(session.key, client, nil, end)
        }
        return TLSSurvey(key: session.key, leaf: leaf?.sha256, otherKey: otherKey, withoutName: withoutName)
    }

    private func look(
        _ key: SessionKey, _ context: TLSContext, _ serverName: DomainName?, _ end: NIODeadline
    ) async -> TLSSurvey.Look {
        guard !Task.isCancelled else { return .failed("cancelled") }
        let result = await converse(key, context: context, serverName: serverName, end: end)
        if let handshake = result.handshake { return .shown(TLSSession(handshake, judge: judge)) }
        switch result.report.outcome {
        case .tls(let failure): return .refused(failure.reason)
        case .ok: return .failed("no STARTTLS this time")
        case .refused: return .failed("connection refused")
        case .timeout(let step): return .failed("no answer in time: \(step)")
        case .closed(let step): return .failed("closed: \(step)")
        case .unreachable(let words), .error(let words), .notProbed(let words): return .failed(words)
        case .banner(let code, _): return .failed("answered \(code)")
        }
    }
}
