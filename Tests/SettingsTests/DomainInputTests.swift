import MTASTS
import Testing

@testable import Settings

@Suite struct DomainInputTests {
    @Test(arguments: [
        ("example.com", "example.com"), ("EXAMPLE.com.", "example.com"), ("a-b.c9.example", "a-b.c9.example"),
        ("m\u{fc}nchen.example", "xn--mnchen-3ya.example"),
    ])
    func reads(text: String, name: String) throws {
        #expect(try DomainInput.read(text.utf8).get().text == name)
    }

    @Test(arguments: [
        ("user@example.com", "after the @, `example.com`"),
        ("https://example.com:8443/x", "such as `example.com`"),
        ("mailto:a@example.com", "after the @"),
        ("192.0.2.1", "IP address"),
        ("2001:db8::1", "address or a port"),
        ("[192.0.2.1]", "address or a port"),
        ("192.0.2.0/24", "path or network"),
        ("example.com:25", "address or a port"),
        ("*.example.com", "wildcard"),
        ("a.example,b.example", "without commas"),
        ("localhost", "has a dot"),
        ("_dmarc.example.com", "no underscore"),
        ("-a.example.com", "hyphen"),
        ("a..example.com", "empty label"),
        (".example.com", "empty label"),
        ("exam!ple.com", "letters, digits"),
        ("a\u{7}.example", "control character"),
        ("a\u{202e}b.example", "internationalised name"),
        ("\(String(repeating: "a", count: 64)).example", "63 bytes"),
        (String(repeating: "abcdefgh.", count: 28) + "a.example", "longer than 253"),
        (String(repeating: "abcdefgh.", count: 27) + "example", "no longer fits"),
        (String(repeating: "a", count: 1001), "longer than any"),
    ])
    func refusesWithAReason(text: String, reason: String) {
        switch DomainInput.read(text.utf8) {
        case .success(let name): Issue.record("\(text) is read as \(name)")
        case .failure(let problem): #expect(problem.reason.contains(reason), "\(text): \(problem.reason)")
        }
    }

    @Test func reasonsArePrintableWhateverWasTyped() {
        for byte in UInt8.min...UInt8.max {
            for text in [[byte, byte], Array("a@".utf8) + [byte], Array("x://".utf8) + [byte]] {
                guard case .failure(let problem) = DomainInput.read(text) else { continue }
                #expect(problem.reason.utf8.allSatisfy { (0x20...0x7e).contains($0) }, "\(text)")
            }
        }
    }
}
