import FoundationEssentials
import MTASTS

/// What turned between two verdicts, in words; nil when nothing of consequence did.
///
/// `unknown` on either side is no transition: the earlier verdict must be the last one that was definite.
/// - Parameter id: the store's next identifier.
public func change(from before: Assessment, to after: Assessment, id: Int) -> Change? {
    guard before.state != .unknown, after.state != .unknown else { return nil }
    let turns = SenderClass.allCases.compactMap { sender -> Change.Turn? in
        let (from, to) = (before.verdict(sender).delivery, after.verdict(sender).delivery)
        guard from != to, from != .unknown, to != .unknown else { return nil }
        // Copies come and go with every new version: only what they refuse is a turn.
        if sender == .cached, from != .refused, to != .refused { return nil }
        return Change.Turn(sender: sender, from: from, to: to)
    }
    let known = Set(before.findings.map(Key.init))
    let remaining = Set(after.findings.map(Key.init))
    let came = after.findings.filter { !known.contains(Key($0)) && ($0.severity <= .high || $0.code.tellsOfChange) }
    let went = before.findings.filter { !remaining.contains(Key($0)) }
    guard before.state != after.state || !turns.isEmpty || !came.isEmpty else { return nil }
    let worse = after.state < before.state || (after.state == before.state && came.contains { $0.severity <= .high })
    let new = after.findings.filter { !known.contains(Key($0)) && $0.severity <= .warning }
    // Of the gravest the one that an acknowledgement answers: the others end when they are mended.
    let newest = new.first { $0.severity == new.first?.severity && $0.code.isChange } ?? new.first
    let asking = came.first { $0.code.asksForAnswer }
    // A difference that turns nothing is a line of the history: what was seen, not once more why the state is as it is.
    let turnsNothing = before.state == after.state && turns.isEmpty
    let gravest = worse ? newest ?? after.findings.first { $0.severity <= .warning } : nil
    // Somebody has to answer for a change even where nothing gets worse by it, or where it gets better.
    let told = turnsNothing ? asking ?? gravest ?? came.first : gravest ?? asking
    let cause = told ?? went.first
    let news = came.filter(\.code.isChange).map { Change.News(code: $0.code, subject: $0.subject) }
    let seen = turnsNothing ? cause.map(sides) : nil
    return Change(
        id: id, domain: after.domain, at: after.at, code: cause?.code, stateBefore: before.state,
        stateAfter: after.state, before: seen?.before ?? (before.why.isEmpty ? before.state.word : before.why),
        after: seen?.after ?? (after.why.isEmpty ? after.state.word : after.why), turns: turns,
        impact: turnsNothing ? impact(cause, after) : impact(turns, after),
        fix: told == nil ? "" : cause?.fix ?? "", news: news)
}

/// The evidence of a finding before and after; where it is not a pair, all of it is what is seen now.
private func sides(of finding: Finding) -> (before: String, after: String) {
    let arrow = Change.arrow
    guard let place = finding.evidence.firstRange(of: arrow), !finding.evidence[..<place.lowerBound].contains("("),
        !finding.evidence[place.upperBound...].contains(arrow)
    else { return ("", finding.evidence) }
    return (String(finding.evidence[..<place.lowerBound]), String(finding.evidence[place.upperBound...]))
}

/// What makes two findings the same one: a fault at one more address of a host is no other. What somebody has to answer
/// for is another one at each address, or an acknowledgement would leave the rest unanswered.
private struct Key: Hashable {
    let code: FindingCode
    let subject: Substring

    init(_ finding: Finding) {
        code = finding.code
        let isAnswered = code.isChange || code.asksForAnswer
        subject = isAnswered ? finding.subject[...] : finding.subject.prefix { $0 != " " }
    }
}

private func impact(_ turns: [Change.Turn], _ after: Assessment) -> String {
    let clauses = turns.map { turn in
        let verb =
            switch turn.to {
            case .refused: "refuse every MX from now on"
            case .partial: "refuse some MX hosts"
            case .delivers: "deliver again"
            case .none where turn.sender == .cached: "of an older version are no more"
            case .none: "no longer protect this domain"
            case .unknown: "cannot be judged"
            }
        return "\(turn.sender.rawValue) senders \(verb)"
    }
    if !clauses.isEmpty { return clauses.joined(separator: "; ") }
    return nobody(until: after.bouncesAt, after)
}

/// Of a difference that turns nothing: the next bounce is none of its business, unless it is what leads there.
private func impact(_ cause: Finding?, _ after: Assessment) -> String {
    nobody(until: cause?.deadline == after.bouncesAt ? after.bouncesAt : nil, after)
}

private func nobody(until soon: Date?, _ after: Assessment) -> String {
    if after.cached.contains(where: { $0.delivery == .refused }) { return "as before" }
    if let soon, soon > after.at { return "nobody yet; bounces from \(Stamp.text(soon))" }
    return after.state == .bouncing ? "as before" : "nobody yet"
}

extension FindingCode {
    /// True for a change that may be an attack or a mistake, a warning at least: somebody has to answer for it.
    var asksForAnswer: Bool {
        switch self {
        case .mxNull, .mxRemovedToImplicit, .mxUnlistedInCachedPolicy, .recordRemoved, .policyChangedSameID,
            .policyIDReused, .policyEnforcedUnready, .policyNarrowed, .policyWithdrawnUnsafely,
            .policyMaxAgeLoweredSameID, .policyDelegationChanged, .serverReplaced, .renewalMissed,
            .daneNextKeyMissing, .danePublishedTooLate, .daneLost:
            true
        default: false
        }
    }

    /// True for what is a line of the history when it comes, whatever else is wrong.
    fileprivate var tellsOfChange: Bool {
        // A host that comes and goes is told by the state: its line says who is left, and asks nobody.
        isChange || asksForAnswer || self == .mxLastUsable || self == .starttlsRemoved
    }

    /// True for what tells of a change: news for a while, and until somebody acknowledges it.
    public var isChange: Bool {
        switch self {
        case .mxNull, .mxRemovedToImplicit, .mxRenamed, .policyIDChangedSameBody, .policyEnforcedUnready,
            .policyMaxAgeRaised, .policyDelegationChanged, .certificateChanged, .certificateIssuerChanged,
            .serverReplaced, .daneLost:
            true
        default: false
        }
    }
}
