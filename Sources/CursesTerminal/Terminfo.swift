import CCurses
import Glibc

/// The description of the terminal that ncurses has loaded last.
enum Terminfo {
    /// Loads the description of `name` for the terminal at `descriptor`. Never ends the process, unlike `initscr`.
    static func load(_ name: String, descriptor: Int32) throws(TerminalError) {
        guard !name.isEmpty else { throw .termUnset }
        var status: Int32 = 0
        guard setupterm(name, descriptor, &status) == OK else {
            // 1: a hard copy terminal; 0: not found or too generic; -1: no database.
            throw status == 1 ? .incapable(name) : .unknownTerminal(name)
        }
        guard string("cup") != nil, string("clear") != nil else { throw .incapable(name) }
    }

    /// A string capability without its padding marks; nil where the terminal has none.
    static func string(_ capability: String) -> [UInt8]? {
        guard let found = tigetstr(capability), Int(bitPattern: found) != -1 else { return nil }
        return withoutPadding(Array(String(cString: found).utf8))
    }

    /// A numeric capability; nil where the terminal has none.
    static func number(_ capability: String) -> Int? {
        let value = tigetnum(capability)
        return value >= 0 ? Int(value) : nil
    }

    /// True where the terminal has this capability, of whatever kind.
    static func has(_ capability: String) -> Bool {
        tigetflag(capability) > 0 || number(capability) != nil || string(capability) != nil
    }

    /// Drops `$<5>` and the like: only terminals on a serial line need the delays.
    static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "<"),
                let end = bytes[index...].firstIndex(of: UInt8(ascii: ">"))
            {
                index = end + 1
            } else {
                kept.append(bytes[index])
                index += 1
            }
        }
        return kept
    }
}
