import Foundation

/// A certificate authority of the test bed's own, run with the `openssl` command.
struct TestbedCertificates {
    private let folder: URL

    /// PEM file of the authority's certificate, for `--ca-file`.
    var authority: String { path("ca.pem") }

    private static let openssl = "/usr/bin/openssl"
    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Makes the authority in an empty folder.
    init(in folder: URL) async throws {
        self.folder = folder
        try """
        [ca]
        default_ca = bed
        [bed]
        database = index
        serial = serial
        new_certs_dir = .
        certificate = ca.pem
        private_key = ca.key
        default_md = sha256
        policy = any
        copy_extensions = copy
        unique_subject = no
        [mid]
        database = index
        serial = serial
        new_certs_dir = .
        certificate = mid.pem
        private_key = mid.key
        default_md = sha256
        policy = any
        copy_extensions = copy
        unique_subject = no
        [any]
        commonName = supplied
        [req]
        distinguished_name = empty
        [empty]
        """.write(toFile: path("ca.conf"), atomically: false, encoding: .utf8)
        try "".write(toFile: path("index"), atomically: false, encoding: .utf8)
        try "1000\n".write(toFile: path("serial"), atomically: false, encoding: .utf8)
        try await openssl(
            ["req", "-x509", "-config", "ca.conf", "-nodes", "-days", "3650", "-subj", "/CN=Test bed CA"]
                + Self.newKey(.ecdsa) + ["-keyout", "ca.key", "-out", "ca.pem"]
                + ["-addext", "basicConstraints=critical,CA:true", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]
                + ["-addext", "subjectKeyIdentifier=hash"])
        try await openssl(
            ["req", "-x509", "-config", "ca.conf", "-nodes", "-days", "3650", "-subj", "/CN=Test bed intermediate"]
                + Self.newKey(.ecdsa) + ["-CA", "ca.pem", "-CAkey", "ca.key"]
                + ["-keyout", Self.intermediate + ".key", "-out", Self.intermediate + ".pem"]
                + ["-addext", "basicConstraints=critical,CA:true", "-addext", "keyUsage=critical,keyCertSign,cRLSign"]
                + ["-addext", "subjectKeyIdentifier=hash", "-addext", "authorityKeyIdentifier=keyid"])
    }

    /// Stem of the files of the authority below the one that is known.
    static let intermediate = "mid"

    /// Makes `STEM.pem`, the key and the certificate for these names in one file, and returns its path.
    ///
    /// Not to be called twice at the same time: the authority counts in a file.
    func issue(_ stem: String, names: [String], as wanted: TestbedDomain.Certificate) async throws -> String {
        let names = (wanted.name.map { [$0] } ?? names) + wanted.moreNames.map { $0 + "." + Testbed.zone }
        let request =
            ["-config", "ca.conf", "-nodes", "-subj", "/CN=" + names[0], "-keyout", stem + ".key"]
            + Self.newKey(wanted.key)
            + ["-addext", "subjectAltName=" + names.map { "DNS:" + $0 }.joined(separator: ",")]
            + ["-addext", "extendedKeyUsage=serverAuth"]
        let now = Date()
        let day = 86_400.0
        let dates = [
            "-startdate", Self.stamp(now - 60 * day),
            "-enddate", Self.stamp(wanted.isExpired ? now - 2 * day : now + 80 * day),
        ]
        try await openssl(["req", "-new"] + request + ["-out", stem + ".csr"])
        var sign = ["ca", "-batch", "-notext", "-config", "ca.conf", "-in", stem + ".csr", "-out", stem + ".crt"]
        if wanted.issuer != .root { sign += ["-name", Self.intermediate] }
        if wanted.isSelfSigned { sign += ["-selfsign", "-keyfile", stem + ".key"] }
        try await openssl(sign + dates)
        let parts =
            [stem + ".key", stem + ".crt"] + (wanted.issuer == .intermediate ? [Self.intermediate + ".pem"] : [])
        let pem = try parts.map { try String(contentsOfFile: path($0), encoding: .utf8) }
        try pem.joined().write(toFile: path(stem + ".pem"), atomically: false, encoding: .utf8)
        return path(stem + ".pem")
    }

    /// SHA-256 of the public key (TLSA selector 1, matching type 1) in hexadecimal.
    func keyDigest(_ stem: String) async throws -> String {
        try await openssl(["pkey", "-in", stem + ".key", "-pubout", "-outform", "DER", "-out", stem + ".spki"])
        let line = try await openssl(["dgst", "-sha256", "-r", stem + ".spki"]).text
        return String(line.prefix { $0 != " " })
    }

    @discardableResult
    private func openssl(_ arguments: [String]) async throws -> Tool {
        try await Tool.require(Self.openssl, arguments, in: folder)
    }

    private static func newKey(_ kind: TestbedDomain.Certificate.Key) -> [String] {
        switch kind {
        case .ecdsa: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        case .rsa: ["-newkey", "rsa:2048"]
        }
    }

    private static func stamp(_ date: Date) -> String {
        let digits = date.ISO8601Format().filter { $0.isNumber }
        return digits.prefix(14) + "Z"
    }
}
