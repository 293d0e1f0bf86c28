/// For how long resolvers give a record on after it was changed.
enum RecordTTL {
    /// Where a zone's TTL is not known.
    private static let usual = 3_600
    /// Nobody publishes a TTL beyond a week and means it.
    private static let most = 604_800

    /// Seconds, from 0 to a week; an hour for nil.
    static func bounded(_ ttl: Int?) -> Int { min(max(ttl ?? usual, 0), most) }
}
