public import Deliverability

/// What a start shows before anything is looked at: the last rows, and the changes that are marked or new.
public struct HistorySnapshot: Sendable {
    public let statuses: [RememberedStatus]
    /// Ascending by id.
    public let changes: [Change]
    /// Changes with another program's write.
    let version: Int
}
