import Evidence

/// An answer that came but cannot be used; carries what the lookup then says.
struct AnswerError: Error, Hashable {
    let failure: LookupFailure

    init(_ failure: LookupFailure) {
        self.failure = failure
    }
}
