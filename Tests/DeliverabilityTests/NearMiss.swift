import Testing

@testable import Deliverability

/// A scene in which a finding does not come though it nearly would, and all the findings that come instead.
struct NearMiss: Sendable {
    let code: FindingCode
    /// What the scene shows.
    let words: String
    /// Exactly the codes that the scene raises; empty where nothing is wrong with it.
    let instead: Set<FindingCode>
    let scene: @Sendable () -> Scene

    init(
        _ code: FindingCode, _ words: String, instead: Set<FindingCode> = [],
        _ bend: @escaping @Sendable (inout Scene) -> Void
    ) {
        self.code = code
        self.words = words
        self.instead = instead
        scene = { Scene().with(bend) }
    }

    init(
        session code: FindingCode, _ words: String, instead: Set<FindingCode> = [],
        _ bend: @escaping @Sendable (inout Scene.Session) -> Void
    ) {
        self.code = code
        self.words = words
        self.instead = instead
        scene = { Scene().everySession(bend) }
    }

    static let all = mx + policy + sessions + dane + changes
}

extension FindingTests.Row {
    var nearMiss: NearMiss? { NearMiss.all.first { $0.code == code } }
}
