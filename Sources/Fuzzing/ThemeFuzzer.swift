import Dashboard
import Settings

/// A theme file, put together over the built-in theme.
enum ThemeFuzzer {
    static func run(_ input: [UInt8]) {
        let first = read(input)
        demand(first == read(input), "what is read twice reads the same")
        switch first {
        case .success: break
        case .failure(let error): demandSettingsError(error, of: input)
        }
    }

    private static func read(_ input: [UInt8]) -> Result<ThemeSource, SettingsError> {
        Result { () throws(SettingsError) in
            let file = try ThemeFile.parse(input, path: "theme.toml")
            _ = try file.resolve(inheriting: .auto)
            return file.source
        }
    }
}

/// Demands problems that lie within the text, in its order, and are safe to show.
func demandSettingsError(_ error: SettingsError, of input: [UInt8]) {
    demand(!error.problems.isEmpty, "an error has a problem")
    demandPrintable(error.description, lines: true, "an error")
    let lines = input.split(separator: 0x0a, omittingEmptySubsequences: false)
    var last = (line: 0, column: 0)
    for problem in error.problems {
        let place = (line: problem.line ?? 0, column: problem.column ?? 0)
        demand(place >= last, "problems come in the order of the file")
        last = place
        demandPrintable(problem.reason, "a problem")
        guard let line = problem.line else { continue }
        demand((1...lines.count).contains(line), "line \(line) is one of \(lines.count)")
        let characters = lines[line - 1].count { $0 & 0xc0 != 0x80 }
        demand((1...characters + 2).contains(problem.column ?? 1), "a column lies in its line: \(place)")
    }
}
