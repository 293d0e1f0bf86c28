/// One thing done to the bytes that a server sends on one connection.
public struct LabFault: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// One bit is turned.
        case flip
        /// Bytes are left out.
        case drop
        /// Bytes come twice.
        case duplicate
        /// Random bytes are put in.
        case insert
        /// Nothing more comes, and the connection is closed.
        case truncate
        /// Nothing more comes, and the connection stays.
        case mute
    }

    public let kind: Kind
    /// The position in what the server sends, from 0.
    public let offset: Int
    /// Bytes that are dropped, sent twice or put in; at least 1.
    public let count: Int
    /// True for the bytes of the socket, false for those that TLS is to protect.
    public let isOnTheWire: Bool
    /// What random bytes are made from.
    let seed: UInt64

    /// Draws a fault; small offsets are as likely as large ones, for that is where the plain text is.
    init(using dice: inout LabDice) {
        kind = Kind.allCases.randomElement(using: &dice) ?? .flip
        isOnTheWire = Bool.random(using: &dice)
        let ends = isOnTheWire ? [40, 150, 400, 900, 1_600] : [40, 150, 300]
        offset = Int.random(in: 0..<(ends.randomElement(using: &dice) ?? 40), using: &dice)
        count = Int.random(in: 1...48, using: &dice)
        seed = dice.next()
    }

    /// What becomes of bytes that begin at `position`; the fault lies among them.
    func applied(to bytes: [UInt8], at position: Int) -> [UInt8] {
        var dice = LabDice(seed: seed)
        let place = offset - position
        let (before, after) = (bytes[..<place], bytes[place...])
        switch kind {
        case .flip:
            var spoiled = bytes
            spoiled[place] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
            return spoiled
        case .drop: return Array(before + after.dropFirst(count))
        case .duplicate: return Array(before + after.prefix(count) + after)
        case .insert:
            let strange = (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
            return before + strange + after
        case .truncate, .mute: return Array(before)
        }
    }
}

/// SplitMix64: the same numbers at every run, so that what fails once fails again.
struct LabDice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
