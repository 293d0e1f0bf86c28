import COpenSSL

/// What a server of the lab and the tests does about an SNI name that it has no certificate for (RFC 6066 3).
public enum UnknownNameAnswer: Sendable {
    /// Shows the default certificate and says nothing.
    case proceed
    /// Warns with unrecognized_name and shows the default; up to TLS 1.2, later versions have no warnings.
    case warn
    /// Breaks off with unrecognized_name.
    case refuse

    /// What the SNI callback returns.
    var code: Int32 {
        switch self {
        case .proceed: SSL_TLSEXT_ERR_OK
        case .warn: SSL_TLSEXT_ERR_ALERT_WARNING
        case .refuse: SSL_TLSEXT_ERR_ALERT_FATAL
        }
    }
}
