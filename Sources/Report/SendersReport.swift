import Deliverability
import FoundationEssentials

/// The key `senders`: what each class meets.
struct SendersReport: Encodable, Sendable {
    let mtaSTS: Verdict
    let cached: [Cached]
    let dane: Plain
    let opportunistic: Plain

    private enum CodingKeys: String, CodingKey {
        case mtaSTS = "mta-sts"
        case cached, dane, opportunistic
    }

    struct Verdict: Encodable, Sendable {
        let delivery: Delivery
        let enforced: Delivery
        let since: Moment?
        let until: Moment?
        let reason: String

        private enum CodingKeys: CodingKey {
            case delivery, enforced, since, until, reason
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(delivery, forKey: .delivery)
            try container.encode(enforced, forKey: .enforced)
            try container.encode(since, forKey: .since)
            try container.encode(until, forKey: .until)
            try container.encode(reason, forKey: .reason)
        }
    }

    struct Cached: Encodable, Sendable {
        let policyId: String
        let bodySha256: String
        let holders: CachedVerdict.Holders
        let delivery: Delivery
        let until: Moment?

        private enum CodingKeys: CodingKey {
            case policyId, bodySha256, holders, delivery, until
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(policyId, forKey: .policyId)
            try container.encode(bodySha256, forKey: .bodySha256)
            try container.encode(holders, forKey: .holders)
            try container.encode(delivery, forKey: .delivery)
            try container.encode(until, forKey: .until)
        }
    }

    struct Plain: Encodable, Sendable {
        let delivery: Delivery
    }

    init(_ assessment: Assessment?) {
        let sts = assessment?.mtaSTS ?? SenderVerdict(.unknown, reason: "not looked at")
        mtaSTS = Verdict(
            delivery: sts.delivery, enforced: sts.enforced, since: sts.since.map(Moment.init),
            until: sts.until.map(Moment.init), reason: sts.reason)
        cached = (assessment?.cached ?? []).map {
            Cached(
                policyId: $0.policyID, bodySha256: $0.bodySHA256, holders: $0.holders, delivery: $0.delivery,
                until: $0.until.map(Moment.init))
        }
        dane = Plain(delivery: assessment?.dane.delivery ?? .unknown)
        opportunistic = Plain(delivery: assessment?.opportunistic.delivery ?? .unknown)
    }
}
