import Evidence
import Foundation
import MTASTS
import Testing

@testable import Deliverability

@Suite struct HostMemoryTests {
    private let host = Scene.name("mx1.example.com")

    private func memory(_ scene: Scene) -> HostMemory { scene.hostMemories[host] ?? HostMemory(host: host) }

    @Test func stampsAloneAreNoDifference() throws {
        let once = Scene().with { $0.remember(ago: 3_600) }
        let twice = once.with { $0.remember(ago: 60) }
        #expect(memory(once) != memory(twice))
        #expect(memory(once).agrees(with: memory(twice)))
        #expect(once.memory != twice.memory)
        #expect(once.memory.agrees(with: twice.memory))
        // Machines that take turns behind one address: each look shows another greeting, or the other certificate.
        let turned = twice.with {
            $0 = $0.everySession { $0.fingerprint = "bb" }
            $0.remember(ago: 50)
        }
        let back = turned.with {
            $0 = $0.everySession { ($0.fingerprint, $0.greeting) = ("aa", "host77.example.com") }
            $0.remember(ago: 40)
        }
        #expect(memory(back) != memory(turned) && memory(back).agrees(with: memory(turned)))
        let renewed = twice.with {
            $0 = $0.everySession { $0.fingerprint = "bb" }
            $0.remember(ago: 0)
        }
        #expect(!memory(renewed).agrees(with: memory(twice)))
        let edited = twice.with {
            $0.patterns.reverse()
            $0.remember(ago: 0)
        }
        #expect(!edited.memory.agrees(with: twice.memory))
    }

    @Test func bothMemoriesSurviveAsJSON() throws {
        let scene = Scene().with {
            $0.show("aa", [FindingTests.spki], FindingTests.spki)
            $0.delegate(from: "a.example.net", to: "b.example.net")
            $0 = $0.everySession { $0.greeting = "mx.example.com" }
            $0.patterns.reverse()
            $0.remember(ago: 0)
            $0.memory.accept(.daneLost, at: $0.now)
            var memory = $0.memory
            _ = memory.stamp($0.assessment)
            $0.memory = memory
        }
        let host = memory(scene)
        #expect(!host.tlsa.isEmpty && host.addresses.first?.banner?.name == "mx.example.com")
        #expect(try JSONDecoder().decode(HostMemory.self, from: JSONEncoder().encode(host)) == host)
        let domain = scene.memory
        #expect(domain.versions.count == 2 && !domain.mxSets.isEmpty && domain.recordAliases?.before != nil)
        #expect(try JSONDecoder().decode(DomainMemory.self, from: JSONEncoder().encode(domain)) == domain)
    }

    @Test func aHostileHostIsBounded() {
        var scene = Scene()
        for number in 0..<60 {
            scene.hosts[0] = Scene.Host("mx1.example.com", "192.0.2.\(number)", "2001:db8::\(number)")
            let record = TLSARecord(
                usage: 3, selector: 1, matchingType: 1, data: [UInt8](repeating: UInt8(number), count: 32))
            scene.hosts[0].sign([record], match: .match(record))
            scene = scene.everySession {
                ($0.fingerprint, $0.greeting) = ("f\(number)", String(repeating: "x", count: 900))
            }
            scene.remember(ago: Double(100_000 - number))
            scene.hosts[0] = Scene.Host("mx1.example.com", "198.51.100.1")
            scene = scene.everySession { $0.fingerprint = "f\(number)" }
            scene.remember(ago: Double(100_000 - number))
        }
        let host = memory(scene)
        #expect(host.addresses.count == 20)
        #expect(host.addresses.allSatisfy { $0.certificates.count <= 12 })
        #expect(host.addresses.contains { $0.certificates.count == 12 })
        #expect(host.addresses.allSatisfy { ($0.banner?.name.count ?? 0) <= 255 })
        #expect(host.tlsa.count == 12)
    }

    @Test func anOlderSessionChangesNothing() {
        let scene = Scene().with { $0.remember(ago: 60) }
        let late = scene.with { $0.now = $0.now.addingTimeInterval(-3_600) }.evidence.hosts[0]
        #expect(memory(scene).observing(late, now: scene.now) == memory(scene))
    }

    @Test func greetingsAreReadFromBytes() {
        func greeting(_ text: String) -> String? {
            SMTPDialogue(lines: [.init(.server, bytes: Array(text.utf8))]).greeting
        }
        #expect(greeting("220 mx.example.com ESMTP") == "mx.example.com")
        #expect(greeting("220-mx.example.com ESMTP") == "mx.example.com")
        #expect(greeting("220") == nil)
        #expect(greeting("554 no") == nil)
        #expect(greeting("220 \u{1b}[2J x") == "\\x1b[2J")
        #expect(SMTPDialogue().greeting == nil)
    }
}
