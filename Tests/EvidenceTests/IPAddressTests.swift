import Testing

@testable import Evidence

@Suite struct IPAddressTests {
    @Test(arguments: [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "172.31.255.255", "169.254.1.1", "100.64.0.1", "0.0.0.0",
        "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "224.0.0.1", "255.255.255.255", "192.0.0.8", "::",
        "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
        "64:ff9b::a00:1", "2002:7f00:1::", "100::1", "3fff::1", "::7f00:1",
    ])
    func specialUse(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isSpecialUse)
    }

    @Test(arguments: [
        "8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.3.1", "198.20.0.1", "11.0.0.1", "223.255.255.255", "2a00::1",
        "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1", "::ffff:8.8.8.8", "2001:4860::8888",
    ])
    func global(_ text: String) throws {
        #expect(try #require(IPAddress(text)).isSpecialUse == false)
    }

    @Test(arguments: ["1.2.3.4", "2001:db8::10", "::1"]) func textRoundTrip(_ text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == text)
        #expect(IPAddress(bytes: address.bytes) == address)
    }

    @Test(arguments: ["", "1.2.3", "1.2.3.4.5", "[::1]", "::1%eth0", "1.2.3.4:25", "host"])
    func refused(_ text: String) { #expect(IPAddress(text) == nil) }

    @Test func wrongCountsAreRefused() {
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
        #expect(IPAddress(bytes: [UInt8](repeating: 0, count: 15)) == nil)
    }
}
