import MTASTS

/// Stops the process, which libFuzzer reports as a crash with its input, where a promise is broken.
func demand(_ holds: Bool, _ promise: @autoclosure () -> String) {
    if !holds { fatalError("broken promise: \(promise())") }
}

/// Demands text that no terminal or log can act on.
func demandPrintable(_ text: String, lines: Bool = false, _ what: @autoclosure () -> String) {
    demand(
        text.utf8.allSatisfy { (0x20...0x7e).contains($0) || (lines && $0 == 0x0a) },
        "\(what()) is printable ASCII: \(Array(text.utf8))")
}

/// Demands text without control characters; other scripts are allowed.
func demandNoControls(_ text: String, limit: Int, _ what: @autoclosure () -> String) {
    demand(text.unicodeScalars.count <= limit, "\(what()) has at most \(limit) characters")
    demand(
        text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control },
        "\(what()) holds no control character: \(Array(text.utf8))")
}

/// Demands errors that lie within the text, in its order, and are safe to show.
/// - Parameter lengths: the bytes of each line of the text.
func demandPlaces(_ errors: [SyntaxError], lengths: [Int]) {
    var last = (line: 1, column: 0)
    for error in errors {
        demand((1...lengths.count + 1).contains(error.line), "line \(error.line) is one of \(lengths.count)")
        let length = error.line <= lengths.count ? lengths[error.line - 1] : 0
        demand((1...length + 1).contains(error.column), "column \(error.column) lies in a line of \(length)")
        demand((error.line, error.column) >= last, "errors come in the order of the text")
        last = (error.line, error.column)
        demandPrintable(error.found, "what was found")
        demand(error.found.utf8.count <= 64, "what was found has at most 64 characters")
        demandPrintable(error.expected, "what was expected")
    }
}

func demandRemarks(_ remarks: [LintRemark], lines: Int) {
    demand(remarks.count <= 100, "at most 100 remarks")
    for remark in remarks {
        demandPrintable(remark.text, "a remark")
        demand(remark.line.map { (1...lines).contains($0) } ?? true, "a remark's line is one of \(lines)")
    }
}
