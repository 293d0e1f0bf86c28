import Cells
import Dashboard
import Deliverability
import FoundationEssentials
import MTASTS
import Testing

@Suite struct TraceTabTests {
    @Test("Every sender has its steps; the choice stops at both ends and is kept from domain to domain")
    func chooses() {
        var model = Sample.usualModel()
        model.type("6")
        #expect(model.screen()[3].contains("<[mta-sts]| dane | plain >"))
        model.type("h")
        #expect(model.screen()[3].contains("[mta-sts]"))
        model.type("l")
        #expect(model.screen()[3].contains("[dane]"))
        model.type("right", "right", "right")
        #expect(model.screen()[3].contains("[plain]"))
        #expect(model.screen().contains { $0.contains("delivered, without proof") && $0.hasSuffix("ok") })
        model.type("J")
        #expect(model.screen()[0].contains("northwind.example"))
        #expect(model.screen()[3].contains("[plain]"))
        model.type("left", "left")
        #expect(model.screen()[3].contains("[mta-sts]"))
    }

    @Test("A step that fails stands out, with what the sender meets and how long it took")
    func failure() throws {
        var model = Sample.usualModel(size: Size(width: 100, height: 40))
        model.type("6")
        let lines = model.screen(100, 40)
        let certificate = try #require(lines.first { $0.contains("certificate") && $0.contains("EXPIRED") })
        #expect(certificate.hasSuffix("FAIL"))
        #expect(lines.contains { $0.contains("STARTTLS") && $0.contains("12ms") })
        #expect(lines.contains { $0.contains("result") && $0.contains("delay, retry, then bounce") })
        let roles = view(model, size: Size(width: 100, height: 40)).roleDump
        let bouncing = try #require(
            roles.split(separator: "\n").first { $0.hasSuffix("severity.bouncing") }?.first)
        let row = try #require(lines.firstIndex(of: certificate))
        #expect(roles.split(separator: "\n", omittingEmptySubsequences: false)[row].contains(bouncing))
    }

    @Test("Holders of an earlier policy are told with its id and its end")
    func cached() {
        let model = {
            var model = Sample.held(Size(width: 80, height: 24))
            model.type("6", "l")
            return model
        }()
        let lines = model.screen()
        #expect(lines[3].contains("[cached 20240930T0]"))
        #expect(lines.contains { $0.contains("old id, from its DNS cache") })
        #expect(lines.contains { $0.contains("result") && $0.contains("bounce") && $0.hasSuffix("FAIL") })
    }

    @Test("The chosen sender stays chosen when another one comes before it, and comes back with its domain")
    func identity() {
        func copy(_ id: String) -> CachedVerdict {
            CachedVerdict(
                policyID: id, bodySHA256: id, holders: .id, delivery: .delivers, until: Sample.ahead(days: 3))
        }
        func status(_ copies: [CachedVerdict]) -> DomainStatus {
            Sample.status("a.example", .risk, cached: copies)
        }
        let other = Sample.status("b.example", .ok)
        var model = Sample.model([
            .listed([status([]), other].map(Sample.watched)), .assessed([status([copy("OLD")]), other]),
        ])
        model.type("6", "l")
        #expect(model.screen()[3].contains("[cached OLD]"))
        model.tell(.assessed([status([copy("NEW"), copy("OLD")])]))
        #expect(model.screen()[3].contains("[cached OLD]"))
        #expect(model.screen().contains { $0.contains("policy from the cache") && $0.contains("id OLD") })
        model.type("J")
        #expect(model.screen()[3].contains("[mta-sts]"))
        model.type("K")
        #expect(model.screen()[3].contains("[cached OLD]"))
        model.tell(.assessed([status([copy("NEW")])]))
        #expect(model.screen()[3].contains("[mta-sts]"))
        model.type("l")
        #expect(model.screen()[3].contains("[cached NEW]"))
    }

    @Test("Only the domain's own hosts lose its name, and only where width lacks")
    func names() {
        let other = Sample.host("mx.acme.example.net")
        let model = { (width: Int) in
            let size = Size(width: width, height: 40)
            var model = Sample.model(
                [
                    .listed([WatchedDomain(Sample.name("acme.example"))]),
                    .assessed([Sample.status("acme.example", .ok, hosts: [Sample.host("mx1.acme.example"), other])]),
                ], size: size)
            model.type("6")
            return model.screen(width, 40).joined(separator: "\n")
        }
        #expect(model(80).contains("A, AAAA mx1 "))
        #expect(model(80).contains("mx.acme.example.net"))
        #expect(model(140).contains("A, AAAA mx1.acme.example "))
    }

    @Test("The choice stays in sight while the steps scroll")
    func scrolls() {
        let size = Size(width: 80, height: 12)
        var model = Sample.usualModel(size: size)
        model.type("6")
        let first = model.screen(80, 12)
        model.type("G")
        let last = model.screen(80, 12)
        #expect(first[3] == last[3])
        #expect(first[4] != last[4])
        #expect(last.contains { $0.contains("result") })
    }

    @Test("Who holds the same version by its id and by its expiry are told apart")
    func twins() {
        let copies = [CachedVerdict.Holders.id, .expiry].map { holders in
            CachedVerdict(
                policyID: "OLD", bodySHA256: "ab", holders: holders, delivery: .delivers, until: Sample.ahead(days: 3))
        }
        let status = Sample.status("a.example", .risk, cached: copies)
        var model = Sample.model([.listed([Sample.watched(status)]), .assessed([status])])
        model.type("6", "l")
        #expect(model.screen()[3].contains("cached OLD by id"))
        model.type("l")
        #expect(model.screen()[3].contains("cached OLD by expiry"))
    }
}
