/// How much of a split one part wants.
public enum Extent: Hashable, Sendable {
    /// Exactly so many cells, where there are so many.
    case fixed(Int)
    /// At least so many, and a share of what is left like `flex(1)`.
    case atLeast(Int)
    /// A share of what is left, by weight.
    case flex(Int)
}
