/// Division of space into rows and columns.
public enum Layout {
    /// Lengths of the parts of `total`, in order, never negative, never more than `total` together. Fixed and least
    /// lengths are served first, from the first part on; the rest goes to `atLeast` and `flex` by weight.
    public static func split(_ total: Int, _ extents: [Extent]) -> [Int] {
        var left = max(0, min(total, Size.limit * 2))
        var lengths = extents.map { extent in
            let wanted =
                switch extent {
                case .fixed(let length), .atLeast(let length): max(0, length)
                case .flex: 0
                }
            let given = min(wanted, left)
            left -= given
            return given
        }
        let weights = extents.map { extent in
            switch extent {
            case .fixed: 0
            case .atLeast: 1
            case .flex(let weight): min(max(0, weight), 1000)
            }
        }
        for (index, share) in shares(of: left, weights: weights).enumerated() { lengths[index] += share }
        return lengths
    }

    /// `total` divided by weight without a remainder; the first parts get the odd cells.
    static func shares(of total: Int, weights: [Int]) -> [Int] {
        let sum = weights.reduce(0, +)
        guard sum > 0, total > 0 else { return weights.map { _ in 0 } }
        var shares = weights.map { total * $0 / sum }
        var left = total - shares.reduce(0, +)
        for index in shares.indices where left > 0 && weights[index] > 0 {
            shares[index] += 1
            left -= 1
        }
        return shares
    }
}

extension Rect {
    /// Parts from top to bottom, one an extent; those without room are empty.
    public func rows(_ extents: Extent...) -> [Rect] {
        var top = y
        return Layout.split(height, extents).map { length in
            defer { top += length }
            return Rect(x: x, y: top, width: width, height: length)
        }
    }

    /// Parts from left to right, one an extent; those without room are empty.
    public func columns(_ extents: Extent...) -> [Rect] {
        var left = x
        return Layout.split(width, extents).map { length in
            defer { left += length }
            return Rect(x: left, y: y, width: length, height: height)
        }
    }
}
