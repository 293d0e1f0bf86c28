import Testing

@testable import OpenSSLTLS
