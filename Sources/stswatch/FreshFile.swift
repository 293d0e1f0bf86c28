import Glibc
import MTASTS
import Settings

/// A file that is saved from the screen: whole or not at all, and never over one that is there.
enum FreshFile {
    /// Why nothing was saved, one sentence.
    struct Failure: Error, Hashable {
        let sentence: String
    }

    /// Writes a text where the program was started, or where the name leads from there.
    /// - Parameters:
    ///   - name: as it was typed; `~/` is the home folder.
    ///   - ending: of the name, where it has not got it.
    /// - Returns: the path; where the first is taken, one with a number.
    static func write(
        _ text: String, _ name: String, ending: String, home: String?
    ) throws(Failure) -> String {
        var stem = name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
        if stem.hasPrefix("~/"), let home { stem = home + stem.dropFirst() }
        let last = stem.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard !["", ".", ".."].contains(last), !stem.utf8.contains(0) else {
            throw Failure(sentence: "\(shown(name)) names no file: give the file a name in its folder")
        }
        for number in 1...99 {
            let path = number == 1 ? "\(stem)\(ending)" : "\(stem)-\(number)\(ending)"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            if descriptor < 0, errno == EEXIST { continue }
            var code = descriptor < 0 ? errno : FileBytes.write(text, to: descriptor)
            if descriptor >= 0, close(descriptor) != 0, code == 0 { code = errno }
            if code == 0 { return path }
            if descriptor >= 0 { unlink(path) }
            throw Failure(sentence: "\(shown(path)) cannot be written: \(String(cString: strerror(code)))")
        }
        throw Failure(sentence: "\(shown(stem + ending)) and 98 more are there already")
    }

    private static func shown(_ path: String) -> String { VisibleText.printable(path) }
}
