import Evidence
import FoundationEssentials
import MTASTS
import Testing

@testable import Deliverability

/// The policy record, rule by rule (RFC 8461 3.1).
@Suite("The field: policy record") struct FieldRecordTests {
    private static func text(
        _ name: String, _ records: String..., expecting change: (inout FieldCase) -> Void
    ) -> FieldCase {
        FieldCase(name) { scene in scene.record = Scene.found(records.map { TXTRecord($0) }) }.expecting(change)
    }

    private static func valid(_ name: String, _ records: String...) -> FieldCase {
        FieldCase(name) { scene in scene.record = Scene.found(records.map { TXTRecord($0) }) }.expecting {
            $0.record = .valid
            $0.mtaSTS = .delivers
            $0.state = .ok
            $0.silent = [.recordInvalid, .recordMultiple, .recordMissing, .recordLenient]
        }
    }

    private static func invalid(_ name: String, _ record: String) -> FieldCase {
        text(name, record) {
            $0.record = .invalid
            $0.mtaSTS = Delivery.none
            $0.raises = [.recordInvalid]
            $0.silent = [.recordMissing]
        }
    }

    private static func foreign(_ name: String, _ record: String) -> FieldCase {
        text(name, record) {
            $0.record = .missing
            $0.mtaSTS = Delivery.none
            $0.raises = [.recordMissing]
            $0.silent = [.recordInvalid]
        }
    }

    private static func failed(_ name: String, _ failure: LookupFailure, _ dnssec: DNSSECStatus) -> FieldCase {
        FieldCase(name) {
            $0.record = DNSAnswer(.failed(failure), dnssec: dnssec)
            $0.isFetched = false
        }.expecting {
            $0.record = .failed
            $0.mtaSTS = .unknown
            $0.raises = failure.isTheirs ? [.recordLookupFailed] : []
            $0.silent = failure.isTheirs ? [.recordMissing] : [.recordMissing, .recordLookupFailed]
        }
    }

    static let cases: [FieldCase] = [
        valid("no final semicolon", "v=STSv1; id=a"),
        valid("one final semicolon", "v=STSv1; id=a;"),
        FieldCase("several strings in one TXT are joined without a space") {
            $0.record = Scene.found([TXTRecord(strings: ["v=STSv1; i", "d=20260101T1"].map { Array($0.utf8) })])
        }.expecting {
            $0.record = .valid
            $0.state = .ok
            $0.silent = [.recordInvalid]
        },
        invalid("id in two strings with a space between them", "v=STSv1; i d=a"),
        valid("other TXT records beside it are discarded", "v=spf1 -all", "v=STSv1; id=a", "google-site=x"),
        text("a space before the first semicolon is valid and told", "v=STSv1 ; id=a") {
            $0.record = .valid
            $0.raises = [.recordLenient]
        },
        text("two records are none that can be used", "v=STSv1; id=a", "v=STSv1; id=b") {
            $0.record = .multiple
            $0.mtaSTS = Delivery.none
            $0.raises = [.recordMultiple]
        },
        invalid("id missing", "v=STSv1; x=y"), invalid("id empty", "v=STSv1; id=;"),
        invalid("id of 33 characters", "v=STSv1; id=" + String(repeating: "a", count: 33)),
        invalid("id with a hyphen", "v=STSv1; id=2026-01-01"), invalid("id with an underscore", "v=STSv1; id=a_b"),
        invalid("id with a dot", "v=STSv1; id=a.b"), invalid("two semicolons", "v=STSv1;; id=a"),
        foreign("V in upper case", "V=STSv1; id=a"), foreign("stsv1 in lower case", "v=stsv1; id=a"),
        foreign("v not first", "id=a; v=STSv1;"),
        valid("the first of two ids counts", "v=STSv1; id=a; id=b"),
        FieldCase("a CNAME is followed") {
            $0.record = DNSAnswer(
                .found([TXTRecord("v=STSv1; id=a")]), dnssec: .insecure, aliases: [Scene.name("sts.provider.example")])
        }.expecting {
            $0.record = .valid
            $0.state = .ok
        },
        FieldCase("NXDOMAIN is no record") { $0.record = DNSAnswer(.noName, dnssec: .insecure) }.expecting {
            $0.record = .missing
            $0.raises = [.recordMissing]
        },
        FieldCase("NODATA is no record") { $0.record = DNSAnswer(.noData, dnssec: .insecure) }.expecting {
            $0.record = .missing
            $0.raises = [.recordMissing]
        },
        failed("SERVFAIL is never absence", .serverFailure, .unknown),
        failed("our own timeout is never absence, nor their fault", .timeout, .unknown),
        failed("bogus is never absence", .bogus("no signature"), .bogus),
    ]

    @Test(arguments: cases) func isReadSo(_ row: FieldCase) { row.verify() }

    @Test("of two ids the first is the id", arguments: ["v=STSv1; id=a; id=b", "v=STSv1; x=y; id=a; id=c"])
    func firstID(_ text: String) {
        let scene = Scene().with { $0.record = Scene.found([TXTRecord(text)]) }
        #expect(scene.assessment.record?.record?.id == "a")
    }

    @Test("ids are told apart by case") func caseOfID() {
        func seen(_ id: String, _ body: String?, _ memory: DomainMemory) -> Scene {
            Scene().with {
                $0.record = Scene.found([TXTRecord("v=STSv1; id=\(id)")])
                $0.body = body
                $0.memory = memory
            }
        }
        let first = seen("A", nil, DomainMemory())
        let other = first.policyText + "x: y\n"
        let remembered = DomainMemory().observing(first.evidence, now: first.now)
        #expect(!seen("a", other, remembered).codes.contains(.policyChangedSameID))
        #expect(seen("A", other, remembered).codes.contains(.policyChangedSameID))
    }

    @Test("while the record is gone, what was cached goes on until it expires") func recordGone() {
        let before = Scene()
        let memory = before.memory.observing(before.evidence, now: before.now)
        let gone = before.with {
            $0.memory = memory
            $0.record = DNSAnswer(.noData, dnssec: .insecure)
            $0.isFetched = false
            $0.patterns = ["old.example.com"]
        }
        #expect(gone.codes.contains(.recordRemoved))
        let late = gone.with {
            $0.memory = gone.memory.observing(gone.evidence, now: gone.now)
            $0.now += 2 * 604_800
        }
        #expect(!late.codes.contains(.recordRemoved))
    }
}
