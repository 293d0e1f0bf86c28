import Testing

@testable import Settings

@Suite struct ResolverAddressTests {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1@53"), ("127.0.0.1@5353", "127.0.0.1@5353"), ("::1", "::1@53"),
        ("2001:DB8::53@853", "2001:db8::53@853"), ("[::1]@5353", "::1@5353"),
    ])
    func reads(text: String, shown: String) throws {
        #expect(try ResolverAddress.parse(text).get().description == shown)
    }

    @Test(arguments: [
        ("", "not an IP address"), ("dns.example", "not an IP address"), ("127.0.0.1:53", "stands after @"),
        ("[::1]:53", "stands after @"), ("::1@", "1 to 65535"), ("::1@0", "1 to 65535"), ("::1@65536", "1 to 65535"),
        ("::1@5a", "1 to 65535"), ("::1@+53", "1 to 65535"), ("a@b@c", "more than one"), ("127.1", "not an IP address"),
        ("::1\0", "not an IP address"), ("@53", "not an IP address"),
    ])
    func refuses(text: String, reason: String) {
        switch ResolverAddress.parse(text) {
        case .success(let address): Issue.record("\(text) is read as \(address)")
        case .failure(let problem): #expect(problem.reason.contains(reason), "\(text): \(problem.reason)")
        }
    }
}
