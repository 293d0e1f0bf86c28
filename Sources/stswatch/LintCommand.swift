import ArgumentParser
import FoundationEssentials
import Glibc
import MTASTS
import Settings

/// `stswatch lint`: judges a policy file or TXT records before they are published, without the network.
///
/// Exit status: 0 valid, 2 invalid, 64 usage, 66 the file cannot be read.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Judge a policy file or a TXT record before it is published.",
        discussion: """
            Tells every place where the file leaves the grammar of RFC 8461 with line and column, which senders read \
            it otherwise, and what is allowed yet worth a second thought. Exit status: 0 valid, 2 invalid, \
            64 wrong usage, 66 unreadable file.
            """)

    @Argument(help: "The policy file; - is standard input.")
    var file: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: "The text of a TXT record at _mta-sts or _smtp._tls; repeat it for each record of the name.")
    var record: [String] = []

    @Option(name: .long, help: "An MX host of the domain, to see which lines cover it; may be repeated.")
    var mx: [String] = []

    @Flag(name: .long, help: "Print one JSON document.")
    var json = false

    func validate() throws {
        if file == nil, record.isEmpty { throw ValidationError("Name a policy file, or give --record TEXT.") }
        if file == nil, !mx.isEmpty { throw ValidationError("--mx needs a policy file to look into.") }
        _ = try mxHosts()
    }

    func run() throws {
        let output: LintOutput
        do {
            output = try judge()
        } catch {
            let line = Array("stswatch lint: \(Self.sentence(error, file: file ?? "-"))\n".utf8)
            // Where standard error is gone there is nobody left to tell.
            _ = write(STDERR_FILENO, line, line.count)
            throw ExitCode(66)
        }
        print(json ? try output.json() : output.text(), terminator: "")
        if !output.isValid { throw ExitCode(2) }
    }

    /// The reports, before anything is printed.
    func judge() throws(FileFailure) -> LintOutput {
        var output = LintOutput()
        if let file {
            let source = try FileBytes.read(file, limit: Self.greatestSize).bytes
            // The names were looked at by `validate`.
            output.policy = PolicyLint.lint(source, mxHosts: (try? mxHosts()) ?? [])
            output.source = source
            output.name = file == "-" ? "standard input" : file
        }
        if !record.isEmpty { output.record = RecordLint.lint(record.map { Array($0.utf8) }) }
        return output
    }

    private func mxHosts() throws -> [DomainName] {
        try mx.map { text in
            guard let name = try? IDN.toASCII(text.utf8).get() else {
                throw ValidationError("--mx '\(VisibleText.escape(text.utf8, limit: 64))' is not a host name.")
            }
            return name
        }
    }

    /// Far over what a policy may have, so that the report can say by how much it is too large.
    private static let greatestSize = 16 << 20

    private static func sentence(_ failure: FileFailure, file: String) -> String {
        let name = file == "-" ? "standard input" : VisibleText.escape(file.utf8)
        switch failure {
        case .missing: return "there is no file \(name); name a policy file, or - for standard input"
        case .isDirectory: return "\(name) is a directory; name the policy file in it"
        case .notRegular: return "\(name) is no regular file; name the policy file"
        case .unreadable(let reason): return "cannot read \(name): \(reason); check its owner and mode"
        case .tooLarge: return "\(name) is over \(greatestSize >> 20) MiB; a policy has at most 64 KiB"
        }
    }
}
