import Foundation

/// Configuration of the nginx that is the policy host of every domain, told apart by SNI.
struct PolicyHostFiles {
    let tree: ServerTree
    let folder: URL
    let loopback: Loopback
    /// PEM file of key and certificate, valid for every policy host.
    let pem: String

    func nginx(_ domains: [TestbedDomain]) throws -> Warden.Server {
        let own = folder.appendingPathComponent("nginx")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        let endpoint = "\(loopback.policyHost):\(loopback.httpsPort)"
        var blocks = """
            server { listen \(endpoint) ssl default_server; server_name _; ssl_reject_handshake on; }

            """
        for domain in domains {
            let site = own.appendingPathComponent(domain.policyHost)
            let wellKnown = site.appendingPathComponent(".well-known")
            try FileManager.default.createDirectory(at: wellKnown, withIntermediateDirectories: true)
            if let body = domain.policyBody {
                try body.write(
                    to: wellKnown.appendingPathComponent("mta-sts.txt"), atomically: false, encoding: .utf8)
            }
            let answer =
                domain.policy == .redirect
                ? "return 301 https://mta-sts.healthy.\(Testbed.zone):\(loopback.httpsPort)$request_uri;"
                : "root \(site.path);"
            blocks += "server { listen \(endpoint) ssl; server_name \(domain.policyHost); \(answer) }\n"
        }
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
            "\($0)_temp_path \(own.path)/\($0);"
        }
        let configuration = own.appendingPathComponent("nginx.conf")
        try """
        daemon off;
        master_process off;
        pid \(own.path)/pid;
        events { worker_connections 64; }
        http {
        \(temporary.joined(separator: "\n"))
        access_log \(own.path)/access.log;
        types { text/plain txt; }
        server_names_hash_bucket_size 128;
        ssl_certificate \(pem);
        ssl_certificate_key \(pem);
        ssl_protocols TLSv1.2 TLSv1.3;
        \(blocks)}

        """.write(to: configuration, atomically: false, encoding: .utf8)
        return Warden.Server(
            name: "nginx",
            command: [
                tree.path("usr/sbin/nginx"), "-p", own.path, "-e", own.path + "/error.log", "-c", configuration.path,
            ],
            environment: tree.environment)
    }
}
