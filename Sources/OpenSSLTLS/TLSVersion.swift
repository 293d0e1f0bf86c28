import COpenSSL

/// A protocol version by OpenSSL's name.
public enum TLSVersion: String, Sendable, CaseIterable {
    case v10 = "TLSv1"
    case v11 = "TLSv1.1"
    case v12 = "TLSv1.2"
    case v13 = "TLSv1.3"

    var number: Int32 {
        switch self {
        case .v10: TLS1_VERSION
        case .v11: TLS1_1_VERSION
        case .v12: TLS1_2_VERSION
        case .v13: TLS1_3_VERSION
        }
    }
}
