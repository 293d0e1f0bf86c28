import Deliverability
import FoundationEssentials
import MTASTS

extension Poller {
    /// Tells aloud what turned, unless the operator works on the domain or it flaps. What is told late is told against
    /// what was told last.
    func ring(_ domain: DomainName, _ change: Change?, _ now: Date) {
        guard var polled = domains[domain] else { return }
        defer { domains[domain] = polled }
        let isMuted = polled.isMuted(at: now)
        if isMuted != polled.isToldMuted {
            polled.isToldMuted.toggle()
            untold.insert(domain)
        }
        if let change {
            if change.turn != nil {
                polled.unrung = change
            } else if !isMuted {
                // A remark is told at once or not at all, and takes the place of nothing.
                untoldRings.append(change)
            }
        }
        let state = polled.shown?.state ?? .unknown
        let voice = polled.voice(in: state, turn: change?.turn, at: now)
        // While nothing can be seen, it is open whether it is still so.
        guard state != .unknown else { return }
        let told = polled.toldState ?? change?.stateBefore ?? state
        polled.toldState = told
        guard voice.isFree else { return }
        let unrung = polled.unrung
        polled.toldState = state
        polled.unrung = nil
        polled.memory.toldState = nil
        guard let unrung, state != told else { return }
        // What was mended while it was muted is no news.
        guard change?.turn != nil || voice.hasRested || state < told else { return }
        untoldRings.append(unrung.since(told))
    }
}

extension Change {
    /// True where the state turned to worse, false where to better; nil where it stayed.
    var turn: Bool? { stateBefore == stateAfter ? nil : stateAfter < stateBefore }

    /// The same change, told against an earlier state.
    fileprivate func since(_ state: DomainState) -> Change {
        guard state != stateBefore else { return self }
        return Change(
            id: id, domain: domain, at: at, code: code, stateBefore: state, stateAfter: stateAfter, before: before,
            after: after, turns: turns, impact: impact, fix: fix, news: news, acknowledgedAt: acknowledgedAt,
            acknowledgedBy: acknowledgedBy)
    }
}
