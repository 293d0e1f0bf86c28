import MTASTS
import Polling
import Testing

@Suite struct RegistrableDomainTests {
    @Test(
        "Who runs a host is told by the public suffix list",
        arguments: [
            ("mx2.north.co.uk", "north.co.uk"), ("aspmx.l.google.com", "google.com"), ("google.com", "google.com"),
            ("mx.shop.blogspot.com", "shop.blogspot.com"), ("co.uk", "co.uk"), ("mx", "mx"),
        ])
    func registrable(host: String, wanted: String) throws {
        #expect(RegistrableDomain.of(try #require(DomainName(host))) == wanted)
    }
}
