import Foundation
import Glibc
import Testing

@testable import stswatch

/// What is saved from the screen.
@Suite struct FreshFileTests {
    private func saved(_ name: String, _ text: String = "text\n", home: String? = nil) -> String {
        do throws(FreshFile.Failure) {
            return try FreshFile.write(text, name, ending: ".json", home: home)
        } catch {
            return error.sentence
        }
    }

    @Test func aNameGetsItsEndingOnceAndANumberWhereItIsTaken() throws {
        let folder = try Tool.temporaryFolder("stswatch-save").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(saved("\(folder)/a") == "\(folder)/a.json")
        #expect(saved("\(folder)/a.json", "other") == "\(folder)/a-2.json")
        #expect(try String(contentsOfFile: "\(folder)/a.json", encoding: .utf8) == "text\n")
        #expect(try String(contentsOfFile: "\(folder)/a-2.json", encoding: .utf8) == "other")
        #expect(saved("~/b", home: folder) == "\(folder)/b.json")
        #expect(FileManager.default.fileExists(atPath: "\(folder)/b.json"))
    }

    @Test func aFailureIsToldInTheSystemsWordsWithThePath() throws {
        let folder = try Tool.temporaryFolder("stswatch-save").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(saved("\(folder)/file") == "\(folder)/file.json")
        let none = "cannot be written: No such file or directory"
        #expect(saved("\(folder)/none/a") == "\(folder)/none/a.json \(none)")
        #expect(
            saved("\(folder)/file.json/a") == "\(folder)/file.json/a.json cannot be written: Not a directory")
        for name in ["\(folder)/", "/", ".", "..", "\(folder)/..", ".json", "a\0b"] {
            #expect(saved(name).contains("names no file"), "\(name)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file.json"])
    }

    /// Where there is no room for all of it nothing stays. A limit on the size of files stands for a full disk.
    @Test func whatCannotBeWrittenWholeIsNotThere() async throws {
        let folder = try Tool.temporaryFolder("stswatch-save").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 100, rlim_max: 100)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let text = String(repeating: "x", count: 1_000)
            do throws(FreshFile.Failure) {
                _ = try FreshFile.write(text, "\(folder)/large", ending: ".json", home: nil)
                exit(1)
            } catch {
                exit(error.sentence == "\(folder)/large.json cannot be written: File too large" ? 0 : 2)
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
}
