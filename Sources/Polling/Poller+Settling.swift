import Deliverability
import Evidence
import FoundationEssentials
import MTASTS

/// One incident is told once: what is wrong at one address is seldom wrong there alone.
extension Poller {
    /// Domains, and MX addresses of each, that are looked at when one address says something new.
    private static let mostUsers = 8
    private static let mostBeside = 20

    /// Has the other MX addresses of its domains looked at when the first look at one says something new: both are then
    /// confirmed at about the same time.
    /// - Parameter entry: as it was before the look.
    func askBeside(_ key: FactKey, _ verdict: FactVerdict, _ entry: FactTable.Entry, _ now: Date) {
        // Where nobody answers it may be our own network: the more we ask, the worse.
        guard case .session = key, !isOneRound, entry.believed != nil, entry.undecided == 0,
            verdict != entry.believedVerdict, verdict.soundness != .absent
        else { return }
        var asked = 0
        for user in entry.users.prefix(Self.mostUsers) {
            for other in domains[user]?.facts ?? [] where other != key && asked < Self.mostBeside {
                guard case .session = other, let beside = facts[other], let believed = beside.believed,
                    !beside.isInFlight, !beside.isFresh, beside.latestVerdict == beside.believedVerdict
                else { continue }
                // What was just looked at may have been struck since.
                let soon = max(now, believed.at.addingTimeInterval(settings.confirmation.givenDelay / 2))
                guard beside.due > soon else { continue }
                facts.schedule(other, at: soon, fresh: true)
                asked += 1
            }
        }
    }

    /// Seconds for which a verdict waits for looks that are about to end.
    private var settlingTime: TimeInterval { 2 * settings.confirmation.givenDelay + 2 }

    /// True while a verdict that turns something waits for other addresses of the domain to be looked at, or looked at
    /// twice: not for long, and not for silence.
    func isSettling(_ polled: PolledDomain, _ assessment: Assessment) -> Bool {
        guard !isOneRound, let shown = polled.shown, assessment.turns(from: shown) else { return false }
        let now = time.now
        let end = (polled.confirmingSince ?? now).addingTimeInterval(settlingTime)
        guard now < end else { return false }
        let isOpen = polled.facts.contains { key in
            guard case .session = key, let entry = facts[key], entry.believed != nil else { return false }
            let isDoubted = entry.latestVerdict != entry.believedVerdict && entry.latestVerdict?.soundness != .absent
            return (entry.isFresh || isDoubted) && (entry.isInFlight || entry.due < end)
        }
        if isOpen { settling[polled.entry.domain] = end }
        return isOpen
    }

    /// Has those judged that have waited long enough.
    func endSettling() {
        let now = time.now
        for (domain, end) in settling where end <= now {
            settling[domain] = nil
            dirty.insert(domain)
        }
    }
}

extension Assessment {
    /// True where the state or what some class meets is not what it was.
    fileprivate func turns(from before: Assessment) -> Bool {
        state != before.state || SenderClass.allCases.contains { verdict($0).delivery != before.verdict($0).delivery }
    }
}
