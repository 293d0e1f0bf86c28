public import Cells
public import Deliverability
public import FoundationEssentials
public import MTASTS

/// All that reaches the dashboard from outside. The sender puts a `tick` in front of a batch, so that keys and data
/// are dated by it.
public enum Message: Sendable {
    case key(Key)
    case resized(Size)
    /// Now, UTC. Time never runs backwards on screen: an earlier moment is taken as it is, nothing traps.
    case tick(Date)
    /// The watch list, replacing the earlier one; the statuses of names that stay are kept. `remembered` is what an
    /// earlier run last showed, as in the message of that name: a long list is then put in order once.
    case listed([WatchedDomain], remembered: [RememberedStatus] = [])
    /// What is wrong with the list, one line each; replaces the earlier ones.
    case listProblems([String])
    /// Why changes cannot be told to the hook or the log, until they can.
    case noticeTrouble(String?)
    /// New verdicts; those of names that are not listed are dropped.
    case assessed([DomainStatus])
    /// What an earlier run, or another monitor, last showed, and the changes that are marked or new: shown until a
    /// verdict comes. Nothing of it rings.
    case remembered([RememberedStatus], [Change])
    /// A remark on the history for the header, such as that another monitor polls; nil when there is none.
    case history(String?)
    /// New changes, or newer versions of known ones (by id).
    case changed([Change])
    /// Of the changes, those that are to be told aloud.
    case rings([Change])
    /// The first sweep: `done` of `total` domains have a verdict; `perSecond` checks are made now.
    case progress(done: Int, total: Int, perSecond: Double)
    /// Seconds between looks at what is well, and at what is not.
    case rhythm(every: Int, problems: Int)
    case network(NetworkCondition)
    /// A remark on the resolver for the header, such as unvalidated DNS; nil when it is fine.
    case resolver(String?)
    /// One line for the operator; it goes away by itself.
    case notice(String)
    /// The names of the themes to choose from.
    case themes([String])
    case themeLoaded(Theme)
    /// Why a theme cannot be used, one line; stands in the remarks until another one is loaded.
    case themeTrouble(String)
    /// What became of a plan that was asked for; one that was changed since is dropped.
    case planned(PlanRequest, PlanAnswer)
    /// The answer to `Effect.loadHistory`; one of a domain that is looked at no longer is dropped.
    case historyLoaded(DomainName, HistoryAnswer)
}
