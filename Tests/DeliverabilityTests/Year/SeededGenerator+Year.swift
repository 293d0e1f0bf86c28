import TestSupport

extension SeededGenerator {
    mutating func seconds(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self).rounded() }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
