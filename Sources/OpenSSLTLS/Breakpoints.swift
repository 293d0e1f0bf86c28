import FoundationEssentials

/// The moments at which a verdict on certificates can turn.
struct Breakpoints {
    private var moments: Set<Date> = []

    /// Adds a certificate's two turns: notBefore, and the first second after notAfter, because a certificate is valid
    /// through its notAfter (RFC 5280 4.1.2.5). OpenSSL counts that one second as expired already.
    mutating func add(certificate: OpaquePointer) {
        if let notBefore = CertificateReader.notBefore(of: certificate) { moments.insert(notBefore) }
        if let notAfter = CertificateReader.notAfter(of: certificate) { moments.insert(notAfter.addingTimeInterval(1)) }
    }

    /// Judges the time before the first turn and each turn; neighbours with one verdict become one interval.
    func intervals<Verdict: Equatable>(_ judge: (Date) -> Verdict) -> [(from: Date, verdict: Verdict)] {
        let sorted = moments.sorted()
        let before = (sorted.first ?? Date(timeIntervalSince1970: 0)).addingTimeInterval(-1)
        var intervals = [(from: Date.distantPast, verdict: judge(before))]
        for moment in sorted {
            let verdict = judge(moment)
            if intervals[intervals.count - 1].verdict != verdict { intervals.append((from: moment, verdict: verdict)) }
        }
        return intervals
    }
}
