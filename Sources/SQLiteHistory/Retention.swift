/// How much of the past is kept.
public struct Retention: Hashable, Sendable {
    /// The file and its journal together stay under it.
    public var bytes: Int
    /// What was over so long ago is forgotten, but not what nobody has acknowledged.
    public var days: Int
    /// Hours are rolled up into days after so many days.
    public var hourlyDays: Int

    /// Above it the file is pruned at once: a busy batch, and the journal that it leaves beside the file, still fit.
    public var brim: Int { bytes - max(bytes / 20, 4 << 20) }

    public init(bytes: Int = 256 << 20, days: Int = 400, hourlyDays: Int = 14) {
        self.bytes = bytes
        self.days = days
        self.hourlyDays = hourlyDays
    }
}
