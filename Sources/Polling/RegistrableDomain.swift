import CPSL
public import MTASTS

/// Who runs a host, by its name.
public enum RegistrableDomain {
    /// The part of a host's name that somebody registered, by the public suffix list; the host itself where it has
    /// none.
    public static func of(_ host: DomainName) -> String {
        // The answer points into the question: it must be copied while that lives.
        host.text.withCString { text in
            psl_registrable_domain(psl_builtin(), text).map { String(cString: $0) } ?? host.text
        }
    }
}
