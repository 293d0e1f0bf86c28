import MTASTS
import Polling

extension WatchList {
    /// The longest line that is read; longer ones are reported.
    public static let longestLine = 1000

    /// Reads a list; whatever is not watched is in `problems`.
    public static func parse(_ bytes: [UInt8]) -> WatchList {
        var reader = WatchListReader(lines: min(bytes.count { $0 == 0x0a } + 1, 100_000))
        var rest = bytes[...]
        if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
        var number = 0
        var start = rest.startIndex
        while start < rest.endIndex {
            number += 1
            let end = rest[start...].firstIndex { $0 == 0x0a || $0 == 0x0d } ?? rest.endIndex
            reader.read(rest[start..<end], number)
            // LF, CRLF and CR alone each end a line.
            let isCRLF = end + 1 < rest.endIndex && rest[end] == 0x0d && rest[end + 1] == 0x0a
            start = end + (isCRLF ? 2 : 1)
        }
        return WatchList(entries: reader.entries, problems: reader.problems)
    }
}

/// Collects entries and problems line by line.
private struct WatchListReader {
    private(set) var entries: [WatchListEntry] = []
    private(set) var problems: [WatchListProblem] = []
    private var places: [DomainName: Int] = [:]

    /// - Parameter lines: about how many there are.
    init(lines: Int) {
        entries.reserveCapacity(lines)
        places.reserveCapacity(lines)
    }

    mutating func read(_ line: ArraySlice<UInt8>, _ number: Int) {
        if line.count > WatchList.longestLine {
            problem(number, line, "longer than \(WatchList.longestLine) bytes: one domain a line")
            return
        }
        var words = line.split { $0 == 0x20 || $0 == 0x09 }[...]
        // A comment runs from a `#` at the start of a word to the end of the line.
        if let comment = words.firstIndex(where: { $0.first == UInt8(ascii: "#") }) { words = words[..<comment] }
        guard let first = words.first else { return }
        guard first.first != UInt8(ascii: "@") else {
            problem(number, line, "a tag without a domain before it")
            return
        }
        var tags: [String] = []
        var options = WatchOptions()
        var strays: [(ArraySlice<UInt8>, String)] = []
        for word in words.dropFirst() {
            if let equals = word.firstIndex(of: UInt8(ascii: "=")), word.first != UInt8(ascii: "@") {
                let value = String(decoding: word[(equals + 1)...], as: UTF8.self)
                let key = String(decoding: word[..<equals], as: UTF8.self)
                if let problem = options.read(key, value) { strays.append((word, problem)) }
                continue
            }
            switch tag(word) {
            case .success(let tag): if !tags.contains(tag) { tags.append(tag) }
            case .failure(let problem): strays.append((word, problem.reason))
            }
        }
        switch DomainInput.read(first) {
        case .failure(let failure): problem(number, first, failure.reason)
        case .success(let domain):
            add(WatchListEntry(domain: domain, tags: tags, options: options, line: number), first)
        }
        for (word, reason) in strays { problem(number, word, reason) }
    }

    private mutating func add(_ entry: WatchListEntry, _ text: ArraySlice<UInt8>) {
        guard let index = places[entry.domain] else {
            places[entry.domain] = entries.count
            entries.append(entry)
            return
        }
        let earlier = entries[index]
        let new = entry.tags.filter { !earlier.tags.contains($0) }
        if !new.isEmpty {
            entries[index] = WatchListEntry(
                domain: entry.domain, tags: earlier.tags + new, options: earlier.options, line: earlier.line)
        }
        let ignored = entry.options == WatchOptions() || entry.options == earlier.options
        problem(
            entry.line, text,
            "listed on line \(earlier.line) already" + (new.isEmpty ? "" : "; its tags are added there")
                + (ignored ? "" : "; its options here count for nothing"))
    }

    private func tag(_ word: ArraySlice<UInt8>) -> Result<String, DomainInput.Problem> {
        guard word.first == UInt8(ascii: "@") else {
            return .failure(
                DomainInput.Problem(
                    reason:
                        "one domain a line; after it only @tags, options (interval=, expect=, mute=) and a # comment"))
        }
        let name = word.dropFirst()
        guard name.allSatisfy(DomainInput.isNameByte), (1...32).contains(name.count) else {
            return .failure(
                DomainInput.Problem(reason: "a tag is @ and 1 to 32 letters, digits, hyphens, underscores or dots"))
        }
        return .success(String(decoding: name, as: UTF8.self))
    }

    private mutating func problem(_ line: Int, _ text: ArraySlice<UInt8>, _ reason: String) {
        problems.append(
            WatchListProblem(line: line, text: VisibleText.escape(text, limit: 64), reason: reason))
    }
}
