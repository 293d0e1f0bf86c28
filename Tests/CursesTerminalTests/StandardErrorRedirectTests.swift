import Glibc
import Testing

@testable import CursesTerminal

/// In a process of its own: standard error belongs to all tests.
@Suite struct StandardErrorRedirectTests {
    @Test("what is printed there goes to the file, and afterwards where it went before")
    func file() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let before = identity(STDERR_FILENO)
            var template = Array("/tmp/redirect-XXXXXX\0".utf8CString)
            let made = mkstemp(&template)
            let path = String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            defer { unlink(path) }
            let redirect = try StandardErrorRedirect(path: path)
            let text = Array("from a library\n".utf8)
            write(STDERR_FILENO, text, text.count)
            redirect.restore()
            redirect.restore()
            var buffer = [UInt8](repeating: 0, count: 64)
            let count = read(made, &buffer, buffer.count)
            guard Array(buffer.prefix(count)) == text, identity(STDERR_FILENO) == before else { exit(1) }
            do {
                let again = try StandardErrorRedirect(descriptor: made)
                guard identity(STDERR_FILENO) != before else { exit(2) }
                _ = again
            }
            exit(identity(STDERR_FILENO) == before ? 0 : 3)
        }
    }

    @Test("a file that cannot be opened is an error that names it")
    func missing() {
        #expect(throws: TerminalError.system("open /nowhere/at-all", ENOENT)) {
            try StandardErrorRedirect(path: "/nowhere/at-all")
        }
    }
}

/// What file a descriptor is open on.
private func identity(_ descriptor: Int32) -> [UInt] {
    var status = stat()
    fstat(descriptor, &status)
    return [UInt(status.st_dev), UInt(status.st_ino)]
}
