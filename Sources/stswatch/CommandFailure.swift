import ArgumentParser
import Glibc
import MTASTS

/// A command cannot do what it was asked: one sentence that names the thing and the remedy, and the exit status.
struct CommandFailure: Error {
    /// Exit statuses of sysexits(3).
    enum Status: Int32 {
        case usage = 64
        case noInput = 66
        case badSettings = 78
        case unavailable = 69
    }

    let sentence: String
    let status: Status

    init(_ sentence: String, _ status: Status) {
        self.sentence = sentence
        self.status = status
    }

    /// The argument parser's complaint, which runs over several lines, as one sentence.
    init(misuse error: any Error) {
        let words = Stswatch.message(for: error).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // The parser knows whose help it is, and tells it as `See 'stswatch check --help' for more information.`
        let hint = Stswatch.fullMessage(for: error).split(separator: "'").last { $0.hasSuffix(" --help") }
        let complaint = words.prefix(1).lowercased() + words.dropFirst()
        let end = complaint.hasSuffix(".") ? complaint.dropLast() : complaint[...]
        self.init("\(VisibleText.printable(String(end))): see `\(hint ?? "stswatch --help")`", .usage)
    }

    /// Prints the sentence and ends the process.
    func leave() -> Never {
        StandardError.write("stswatch: \(sentence)\n")
        exit(status.rawValue)
    }
}

/// Standard error, unbuffered.
enum StandardError {
    static func write(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
