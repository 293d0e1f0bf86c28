import COpenSSL
import MTASTS

extension CertificateReader {
    /// The longest line of a name that is kept, in characters.
    private static let lineLimit = 256
    /// The most SAN names that are kept.
    private static let namesLimit = 1000

    static func subject(of certificate: OpaquePointer) -> String { line(X509_get_subject_name(certificate)) }

    static func issuer(of certificate: OpaquePointer) -> String { line(X509_get_issuer_name(certificate)) }

    /// The issuer's common name, else its organisation, else its whole name.
    static func issuerShort(of certificate: OpaquePointer) -> String {
        let name = X509_get_issuer_name(certificate)
        for kind in [NID_commonName, NID_organizationName] {
            let index = X509_NAME_get_index_by_NID(name, kind, -1)
            guard index >= 0, let entry = X509_NAME_get_entry(name, index),
                let value = X509_NAME_ENTRY_get_data(entry)
            else { continue }
            let text = printed { shim_ASN1_STRING_print_plain($0, value) }
            if !text.isEmpty { return text }
        }
        return line(name)
    }

    /// SAN dNSNames in lower case; those with bytes that no name on the wire can have are left out.
    ///
    /// A name with an embedded NUL is one of them: it must not be cut into a shorter name (CVE-2009-2408).
    static func dnsNames(of certificate: OpaquePointer) -> [String] {
        guard let names = shim_X509_get_subject_alt_names(certificate) else { return [] }
        defer { GENERAL_NAMES_free(names) }
        var found: [String] = []
        for index in 0..<shim_GENERAL_NAMES_num(names) where found.count < namesLimit {
            var length: Int32 = 0
            guard let bytes = shim_GENERAL_NAMES_dns(names, index, &length), (1...255).contains(length) else {
                continue
            }
            let name = UnsafeBufferPointer(start: bytes, count: Int(length))
            guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { continue }
            found.append(String(decoding: name, as: UTF8.self).lowercased())
        }
        return found
    }

    private static func line(_ name: OpaquePointer?) -> String {
        printed { shim_X509_NAME_print_line($0, name) }
    }

    /// What `print` wrote, cut to the limit; bytes that a terminal could act on are escaped once more.
    private static func printed(_ print: (OpaquePointer) -> Int32) -> String {
        guard let bio = shim_BIO_new_mem() else { return "" }
        defer { BIO_free(bio) }
        guard print(bio) >= 0 else { return "" }
        var start: UnsafePointer<UInt8>?
        let count = Int(shim_BIO_get_mem_data(bio, &start))
        let bytes = UnsafeBufferPointer(start: start, count: count)
        let text = VisibleText.printable(bytes.prefix(lineLimit + 1), limit: .max)
        return text.utf8.count <= lineLimit ? text : String(text.prefix(lineLimit - 3)) + "..."
    }
}
