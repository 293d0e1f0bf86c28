import CUnbound
import Glibc
import Synchronization

/// The process-wide half of libunbound: making and deleting contexts, and where its messages go.
///
/// libunbound keeps one log file for all contexts, and deleting any of them turns the log back to standard error. So
/// contexts are made and deleted under one lock, and one context that lives for ever sets the log again.
enum UnboundLibrary {
    private struct Keeper: ~Copyable {
        /// Lives as long as the process; never resolves anything.
        nonisolated(unsafe) let context = ub_ctx_create()

        func takeLog() {
            ub_ctx_debugout(context, LibraryLog.shared.stream)
        }
    }

    private static let keeper = Mutex(Keeper())

    /// Makes a context, lets `configure` set it up and start it, and keeps libunbound from writing on the screen.
    static func create(
        _ configure: (OpaquePointer) throws(ResolverSetupError) -> Void
    ) throws(ResolverSetupError) -> OpaquePointer {
        let made = keeper.withLock { keeper -> Result<Int, ResolverSetupError> in
            keeper.takeLog()
            guard let context = ub_ctx_create() else {
                let reason = String(cString: strerror(errno))
                return .failure(
                    ResolverSetupError("The resolver cannot start (\(reason)): raise the limit of open files."))
            }
            ub_ctx_debugout(context, LibraryLog.shared.stream)
            do throws(ResolverSetupError) {
                try configure(context)
                return .success(Int(bitPattern: context))
            } catch {
                ub_ctx_delete(context)
                keeper.takeLog()
                return .failure(error)
            }
        }
        guard let context = OpaquePointer(bitPattern: try made.get()) else {
            throw ResolverSetupError("The resolver cannot start: libunbound gave no context.")
        }
        return context
    }

    /// Deletes a context; waits for its thread, so never called on the cooperative pool.
    static func delete(_ context: OpaquePointer) {
        let address = Int(bitPattern: context)
        keeper.withLock { keeper in
            ub_ctx_delete(OpaquePointer(bitPattern: address))
            keeper.takeLog()
        }
    }

    /// libunbound's text for one of its error numbers.
    static func message(_ code: Int32) -> String {
        "libunbound: " + (ub_strerror(code).map { String(cString: $0) } ?? "error \(code)")
    }
}
