import COpenSSL

@testable import OpenSSLTLS

struct TestFailure: Error { let text: String }

func check(_ condition: Bool, _ line: Int = #line) throws {
    guard condition else { throw TestFailure(text: "line \(line): \(OpenSSL.takeReason(otherwise: "no reason"))") }
}

func unwrap(_ pointer: OpaquePointer?, _ line: Int = #line) throws -> OpaquePointer {
    guard let pointer else {
        throw TestFailure(text: "line \(line): \(OpenSSL.takeReason(otherwise: "no reason"))")
    }
    return pointer
}

func memory(of bio: OpaquePointer?) -> String {
    var start: UnsafePointer<UInt8>?
    let count = Int(shim_BIO_get_mem_data(bio, &start))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
}
