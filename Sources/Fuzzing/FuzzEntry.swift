import Glibc

/// What libFuzzer calls for each input, a million times a minute or so.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    chosenTarget.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// The target that the environment names: one build serves them all.
private let chosenTarget: FuzzTarget = {
    let name = getenv("STSWATCH_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
        fatalError("set STSWATCH_FUZZ_TARGET to one of: \(names)")
    }
    return target
}()
