import Foundation
import Glibc

/// The lines that a bench prints.
enum BenchTable {
    private static let width = 44

    /// The names of the columns under a title.
    static func head(_ title: String, columns: [String] = ["median", "99 %", "greatest"]) {
        say(line(title, columns + ["limit"]))
    }

    /// Seconds, printed as milliseconds.
    static func times(_ name: String, _ seconds: [Double], limit: Double? = nil) {
        figures(name, seconds.map { $0 * 1_000 }, limit: limit)
    }

    /// Median, 99th percentile and the greatest; the 99th percentile is what the limit means.
    static func figures(_ name: String, _ values: [Double], limit: Double? = nil) {
        let sorted = values.sorted()
        let parts = [0.5, 0.99, 1].map { part -> String in
            guard !sorted.isEmpty else { return "-" }
            return figure(sorted[min(sorted.count - 1, Int((Double(sorted.count - 1) * part).rounded(.up)))])
        }
        say(line(name, parts + [limit.map(figure) ?? ""]))
    }

    static func idle(
        _ name: String, _ costs: (bytes: Double, processor: Double), limit: (bytes: Double, processor: Double)? = nil
    ) {
        let limits = limit.map { "\(figure($0.bytes)) and \(figure($0.processor))" } ?? ""
        say(line(name, [figure(costs.bytes), figure(costs.processor), limits]))
    }

    /// Some figures take minutes: each is shown when it is there, in a pipe too.
    private static func say(_ line: String) {
        print(line)
        fflush(nil)
    }

    private static func figure(_ value: Double) -> String { String(format: "%.2f", value) }

    private static func line(_ name: String, _ columns: [String]) -> String {
        let cells = columns.map { String(repeating: " ", count: max(1, 12 - $0.utf8.count)) + $0 }
        let text = name.padding(toLength: width, withPad: " ", startingAt: 0) + cells.joined()
        return String(text.reversed().drop { $0 == " " }.reversed())
    }
}
