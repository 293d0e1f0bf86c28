import FoundationEssentials
import MTASTS

extension DomainMemory {
    /// Versions of mode enforce that some senders keep because they reject the policy that is served: one of mode none
    /// without mx lines (chasquid, Stalwart). They hold a version to the end of its max_age, from the first look that
    /// no longer saw it. The newest first; empty where another policy was the last to be served.
    func unwilling(at now: Date) -> [HeldVersion] {
        guard let policy = versions.last?.policy, policy.mode == .none, policy.mx.isEmpty else { return [] }
        return versions.reversed().compactMap { version in
            guard let old = version.policy, old.mode == .enforce, let gone = version.goneAt else { return nil }
            let end = gone.addingTimeInterval(TimeInterval(old.maxAge))
            return end > now ? HeldVersion(version: version, holders: .id, until: end, policy: old) : nil
        }
    }
}
