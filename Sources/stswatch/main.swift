import ArgumentParser
import Glibc

// A synchronous main: ncurses belongs to this thread, and an asynchronous one would leave it at the first suspension.
do {
    var command = try Stswatch.parseAsRoot()
    try command.run()
} catch let failure as CommandFailure {
    failure.leave()
} catch  where Stswatch.exitCode(for: error) == .validationFailure {
    CommandFailure(misuse: error).leave()
} catch {
    Stswatch.exit(withError: error)
}
