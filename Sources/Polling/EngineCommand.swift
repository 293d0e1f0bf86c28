public import FoundationEssentials
public import MTASTS

/// What a front end asks of the engine.
public enum EngineCommand: Hashable, Sendable, Codable {
    /// Replaces the watch list; what both lists hold goes on undisturbed.
    case watch([WatchEntry])
    /// Looks at all facts of these domains now, around the caches.
    case recheck([DomainName])
    /// Changes by id.
    case acknowledge([Int])
    /// Nothing rings for these domains before `until`; nil takes such a mute back. What the watch list mutes stays.
    case mute([DomainName], until: Date?)
}
