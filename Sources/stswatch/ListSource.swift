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
}
