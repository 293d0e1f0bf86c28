import Evidence
import MTASTS

/// What a wrong certificate has to do with the server name that was asked for (RFC 6066 3), in words.
struct ServerNameWords {
    /// To be put behind the evidence; empty where nothing is known.
    let evidence: String
    let fix: String

    /// - Parameters:
    ///   - tls: the handshake with the wrong certificate.
    ///   - session: of the address; its survey tells what is shown without a name.
    init(_ tls: TLSSession, _ session: SessionEvidence?, _ host: DomainName) {
        let install = "Install a certificate whose subjectAltName covers \(host)"
        let byName = "for this name in the server's SNI table (Postfix: tls_server_sni_maps)"
        // The survey stands beside the usual chain; of the other one it tells nothing.
        let use = session?.tls?.leaf?.sha256 == tls.leaf?.sha256 ? session?.serverNameUse : nil
        switch use {
        case .ignored?:
            evidence =
                tls.isNameUnknown
                ? ": the server warns that it does not know \(host) (unrecognized_name) and shows its default"
                : ": the default, shown without a name too, so the server ignores SNI or has nothing for \(host)"
            fix = "\(install): as the default certificate, or \(byName)."
        case .picks(let other)?:
            evidence = ": the server picks by name; without one it shows \(other.leaf?.namesInWords ?? "another")"
            fix = "\(install) \(byName): the one that stands there now is for another host."
        case .required?:
            evidence = ": the server shows a certificate only to clients that send a name"
            fix = "\(install) \(byName)."
        case .rejected?, nil:
            evidence = tls.isNameUnknown ? ": the server warns that it does not know \(host) (unrecognized_name)" : ""
            fix = install + (tls.isNameUnknown ? ": as the default certificate, or \(byName)." : ".")
        }
    }
}

extension CertificateFacts {
    /// The first names of the certificate, or that there are none.
    var namesInWords: String {
        guard !names.isEmpty else { return "no name at all" }
        return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
    }
}
