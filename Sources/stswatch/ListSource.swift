import MTASTS
import Polling
import Settings

/// A list file, or the sentence that says what to do about it.
enum ListSource {
    /// Reads the list; one that holds no domain at all is refused.
    static func load(_ path: String) throws -> WatchList {
        do {
            return try WatchListFile(path: path).load().list
        } catch {
            throw CommandFailure(error.description, .noInput)
        }
    }

    /// Domains that were typed and those of a list, each once; what is bad in the list is told on standard error.
    static func entries(domains: [String], list: String?) throws -> [WatchEntry] {
        var entries = try domains.map { WatchEntry(domain: try OneLook.domain($0)) }
        if let list {
            let loaded = try load(list)
            for problem in loaded.problems { StandardError.write("stswatch: \(list): \(problem)\n") }
            entries += loaded.entries.map { WatchEntry(domain: $0.domain, tags: $0.tags, options: $0.options) }
        }
        guard !entries.isEmpty else {
            throw CommandFailure("nothing to check: name a domain, or give a list with --list FILE", .usage)
        }
        var seen: Set<DomainName> = []
        return entries.filter { seen.insert($0.domain).inserted }
    }
}
