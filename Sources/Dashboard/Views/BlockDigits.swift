import Cells

/// Numbers made of blocks, to be read from across a room; ASCII, since block characters have no sure width.
enum BlockDigits {
    /// Rows of a digit at scale 1.
    static let rows = 5
    /// Columns of a digit at scale 1.
    static let columns = 3

    /// From the top, three bits a row, the left one the highest.
    private static let shapes: [[UInt8]] = [
        [7, 5, 5, 5, 7], [2, 6, 2, 2, 7], [7, 1, 7, 4, 7], [7, 1, 7, 1, 7], [5, 5, 7, 1, 1], [7, 4, 7, 1, 7],
        [7, 4, 7, 5, 7], [7, 1, 2, 2, 2], [7, 5, 7, 5, 7], [7, 5, 7, 1, 7],
    ]

    /// Columns that so many digits take.
    /// - Parameter across: columns of one block, at least 1.
    static func width(digits: Int, across: Int) -> Int {
        max(0, digits * columns * across + (digits - 1) * gap(across))
    }

    /// The lines of a number, which is told as 0 where it is negative.
    /// - Parameters:
    ///   - across: columns of one block.
    ///   - down: rows of one block.
    static func lines(_ number: Int, across: Int, down: Int) -> [String] {
        let digits = String(max(0, number)).utf8.map { shapes[Int($0 - UInt8(ascii: "0"))] }
        return (0..<rows).flatMap { row in
            let line = digits.map { shape in
                (0..<columns).map { column in
                    let isSet = shape[row] & (4 >> UInt8(column)) != 0
                    return String(repeating: isSet ? "#" : " ", count: max(1, across))
                }.joined()
            }.joined(separator: String(repeating: " ", count: gap(across)))
            return [String](repeating: line, count: max(1, down))
        }
    }

    private static func gap(_ across: Int) -> Int { max(1, across) }
}
