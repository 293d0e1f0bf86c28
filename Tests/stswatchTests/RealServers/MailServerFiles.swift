import Foundation

/// Configuration of the Postfix and Exim instances that are the MX hosts.
struct MailServerFiles {
    /// One listening MX host: its name, addresses with port as Postfix writes them, and its key and certificate.
    struct Listener {
        let name: String
        let endpoints: [String]
        /// PEM file of key and certificate; nil: STARTTLS is off.
        let pem: String?
        /// No TLS but 1.0; Exim only.
        var isLegacy = false
        /// Other names at the same address with a certificate of their own, chosen by SNI; Exim only.
        var others: [(name: String, pem: String)] = []
    }

    let tree: ServerTree
    let folder: URL

    /// Lets the servers run without the accounts that their packages would make, as root or not.
    ///
    /// Both are compiled to want accounts of their own and to change to them; the wrappers answer those questions.
    func accounts() throws -> [String: String] {
        let mine = getuid() == 0 ? 9871 : getuid()
        let group = getuid() == 0 ? 9871 : getgid()
        let nowhere = "/nonexistent:/usr/sbin/nologin"
        try """
        root:x:0:0:root:/root:/bin/sh
        nobody:x:65534:65534:nobody:\(nowhere)
        postfix:x:9872:9872::\(nowhere)
        Debian-exim:x:\(mine):\(group)::\(nowhere)

        """.write(to: folder.appendingPathComponent("passwd"), atomically: false, encoding: .utf8)
        try """
        root:x:0:
        nogroup:x:65534:
        postfix:x:9872:
        postdrop:x:9873:
        Debian-exim:x:\(group):

        """.write(to: folder.appendingPathComponent("group"), atomically: false, encoding: .utf8)
        return [
            "LD_PRELOAD": "libuid_wrapper.so libnss_wrapper.so", "UID_WRAPPER": "1", "UID_WRAPPER_ROOT": "1",
            "NSS_WRAPPER_PASSWD": folder.appendingPathComponent("passwd").path,
            "NSS_WRAPPER_GROUP": folder.appendingPathComponent("group").path,
        ]
    }

    /// One Postfix whose `smtpd` is every one of these hosts.
    func postfix(_ listeners: [Listener]) throws -> Warden.Server {
        let own = folder.appendingPathComponent("postfix")
        for name in ["queue/pid", "queue/public", "queue/private", "data"] {
            try FileManager.default.createDirectory(
                at: own.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        let environment = try tree.environment.merging(accounts()) { $1 }
        // No rate limit, no name look-ups, no mailbox: the services behind those (anvil, proxymap, cleanup) are not run.
        try """
        compatibility_level = 3.6
        queue_directory = \(own.path)/queue
        data_directory = \(own.path)/data
        command_directory = \(tree.path("usr/sbin"))
        daemon_directory = \(tree.path("usr/lib/postfix/sbin"))
        mail_owner = postfix
        setgid_group = postdrop
        import_environment = MAIL_CONFIG MAIL_LOGTAG \(environment.keys.sorted().joined(separator: " "))
        maillog_file = \(own.path)/log
        maillog_file_prefixes = \(own.path)
        myhostname = \(Testbed.zone)
        mydestination =
        alias_maps =
        local_recipient_maps =
        mynetworks = 127.0.0.0/8
        smtpd_relay_restrictions = reject
        smtpd_recipient_restrictions = reject
        smtpd_peername_lookup = no
        smtpd_client_connection_rate_limit = 0
        smtpd_client_connection_count_limit = 0
        smtpd_tls_security_level = may

        """.write(to: own.appendingPathComponent("main.cf"), atomically: false, encoding: .utf8)
        var services = """
            tlsmgr unix - - n 1000? 1 tlsmgr
            postlog unix-dgram n - n - 1 postlogd

            """
        for listener in listeners {
            let tls = listener.pem.map { "smtpd_tls_chain_files=\($0)" } ?? "smtpd_tls_security_level=none"
            for endpoint in listener.endpoints {
                services += "\(endpoint) inet n - n - - smtpd -o myhostname=\(listener.name) -o \(tls)\n"
            }
        }
        try services.write(to: own.appendingPathComponent("master.cf"), atomically: false, encoding: .utf8)
        return Warden.Server(
            name: "postfix", command: [tree.path("usr/lib/postfix/sbin/master"), "-c", own.path, "-d"],
            environment: environment)
    }

    /// An Exim that is one host.
    func exim(_ listener: Listener) throws -> Warden.Server {
        let own = folder.appendingPathComponent("exim-" + listener.name)
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        let pem = listener.pem.map { own in
            listener.others.reduce(own) { "${if eq{$tls_in_sni}{\($1.name)}{\($1.pem)}{\($0)}}" }
        }
        var tls =
            pem.map { "tls_advertise_hosts = *\ntls_certificate = \($0)\ntls_privatekey = \($0)" }
            ?? "tls_advertise_hosts ="
        // Debian's Exim speaks TLS by GnuTLS.
        if listener.isLegacy { tls += "\ntls_require_ciphers = NORMAL:-VERS-ALL:+VERS-TLS1.0:%COMPAT" }
        let configuration = own.appendingPathComponent("exim.conf")
        try """
        primary_hostname = \(listener.name)
        exim_user = Debian-exim
        exim_group = Debian-exim
        spool_directory = \(own.path)
        log_file_path = \(own.path)/%slog
        pid_file_path = \(own.path)/pid
        keep_environment =
        host_lookup =
        rfc1413_hosts =
        \(tls)
        acl_smtp_rcpt = nobody
        begin acl
        nobody:
          deny

        """.write(to: configuration, atomically: false, encoding: .utf8)
        var environment = try tree.environment.merging(accounts()) { $1 }
        if getuid() != 0 {
            // Without root Exim gives up its privileges by itself; told that it were root it would want root's files.
            environment["LD_PRELOAD"] = "libnss_wrapper.so"
            environment["UID_WRAPPER"] = nil
            environment["UID_WRAPPER_ROOT"] = nil
        }
        let ports = "<; " + listener.endpoints.joined(separator: " ; ")
        return Warden.Server(
            name: "exim-" + listener.name,
            command: [tree.path("usr/sbin/exim4"), "-C", configuration.path, "-bdf", "-oX", ports],
            environment: environment)
    }
}
