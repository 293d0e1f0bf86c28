public import Evidence
public import FoundationEssentials
import MTASTS

extension PlannedChange.Certificate {
    /// The certificate that a host shows, renewed: the names, the issuer and the key of today, other dates.
    ///
    /// - Parameters:
    ///   - session: the handshake that showed the one of today; nil comes of one without a certificate.
    ///   - dates: without a beginning it is valid by `now`, for as long as the one of today was meant to be.
    public init?(renewing session: TLSSession, _ dates: CertificateDates, now: Date) {
        guard let old = session.leaf else { return nil }
        let notAfter = dates.notAfter
        let life = old.notAfter.timeIntervalSince(old.notBefore)
        let notBefore = dates.notBefore ?? min(now, notAfter.addingTimeInterval(-max(0, life)))
        let new = CertificateFacts(
            subject: old.subject, issuer: old.issuer, issuerShort: old.issuerShort, names: old.names,
            notBefore: notBefore, notAfter: notAfter, key: old.key, keyBits: old.keyBits, signature: old.signature,
            isSelfSigned: old.isSelfSigned, sha256: old.sha256, publicKeySHA256: old.publicKeySHA256)
        let inDate: ChainTrust
        switch session.trust.trust(at: old.notBefore) {
        // An issuer that has ended is not what a renewal comes with.
        case .trusted, .expired, .notYetValid: inDate = .trusted
        case let flaw: inDate = flaw
        }
        chain = session.chain
        facts = [new] + session.certificates.dropFirst()
        trust = TrustTimeline([
            .init(from: .distantPast, trust: .notYetValid(subject: new.subject, notBefore: notBefore)),
            .init(from: notBefore, trust: inDate),
            .init(from: notAfter, trust: .expired(subject: new.subject, notAfter: notAfter)),
        ])
        renewedSince = old.notBefore
    }

    /// What the TLSA records say of the planned chain.
    ///
    /// Records of a whole certificate (selector 0) are not for a renewed one, and what matches by its issuer's record
    /// (DANE-TA) does so within its dates only; DANE-EE ignores them (RFC 7672 3.1).
    func dane(
        _ records: [TLSARecord], _ names: [DomainName], _ judge: PlannedChange.DANEJudge
    ) -> DANETimeline {
        guard let renewedSince, let leaf = facts.first else { return judge(chain, records, names) }
        let ofOld = records.filter { $0.usage == 3 && $0.selector == 0 }
        let match = judge(chain, records.filter { !ofOld.contains($0) }, names).match(at: renewedSince)
        let mismatch = DANEMatch.mismatch("its TLSA records are for the certificate of today")
        switch match {
        case .match(let record) where record.usage == 2:
            return DANETimeline([
                .init(from: .distantPast, match: .mismatch("not valid yet")),
                .init(from: leaf.notBefore, match: match),
                .init(from: leaf.notAfter, match: .mismatch("certificate expired")),
            ])
        case .unusable where ofOld.contains(where: \.isUsable):
            return DANETimeline([.init(from: .distantPast, match: mismatch)])
        case .match, .mismatch, .unusable: return DANETimeline([.init(from: .distantPast, match: match)])
        }
    }
}
