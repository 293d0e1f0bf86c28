import Foundation

/// The servers that `.ci/install --tests` unpacked beside the sources, and the environment they run in.
struct ServerTree {
    /// Folder that stands for `/` of the unpacked packages.
    let root: URL

    /// The tree beside these sources; nil when it was not installed.
    static func installed(from file: String = #filePath) -> ServerTree? {
        var folder = URL(fileURLWithPath: file)
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let servers = folder.appendingPathComponent(".build-servers")
            if FileManager.default.fileExists(atPath: servers.appendingPathComponent("stamp").path) {
                return ServerTree(root: servers.appendingPathComponent("root"))
            }
        }
        return nil
    }

    func path(_ relative: String) -> String { root.appendingPathComponent(relative).path }

    /// What every unpacked program needs to find its own libraries before the system's.
    var libraryPath: String {
        var folders = [path("usr/lib/postfix")]
        for parent in ["usr/lib", "lib"] {
            let entries = (try? FileManager.default.contentsOfDirectory(atPath: path(parent))) ?? []
            folders += entries.filter { $0.hasSuffix("-linux-gnu") }.sorted().map { path(parent + "/" + $0) }
        }
        return folders.joined(separator: ":")
    }

    /// Environment of a plain unpacked program.
    var environment: [String: String] {
        ["LD_LIBRARY_PATH": libraryPath, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]
    }
}
