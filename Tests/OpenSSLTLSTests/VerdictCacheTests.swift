import Testing

@testable import OpenSSLTLS

struct VerdictCacheTests {
    @Test func computesOnceAndForgetsTheOldestHalf() {
        let cache = VerdictCache<Int, Int>(capacity: 4)
        for key in 1...4 { #expect(cache.value(for: key) { key * 10 } == key * 10) }
        #expect(cache.value(for: 1) { -1 } == 10)
        #expect(cache.value(for: 5) { 50 } == 50)
        #expect(cache.count <= 4)
        #expect(cache.value(for: 1) { -1 } == 10)
        #expect(cache.value(for: 5) { -1 } == 50)
        #expect(cache.value(for: 2) { -2 } == -2)
    }
}
