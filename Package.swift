// swift-tools-version: 6.2
import PackageDescription

// The order of the targets is the order of the house: each one names only what stands before it.
// The build is run with `--explicit-target-dependency-import-check error`, so an import upward does not compile.

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], without files: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, exclude: files, swiftSettings: strict)
}

let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
]
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let heap: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "stswatch",
    products: [.executable(name: "stswatch", targets: ["stswatch"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CUnbound", providers: [.apt(["libunbound-dev"])]),
        .systemLibrary(name: "CCurses", providers: [.apt(["libncurses-dev"])]),
        .systemLibrary(name: "CIDN2", providers: [.apt(["libidn2-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CPSL", providers: [.apt(["libpsl-dev"])]),

        room("MTASTS"),
        room("Evidence", ["MTASTS"]),
        room("Deliverability", ["MTASTS", "Evidence"]),
        room("Polling", ["MTASTS", "Evidence", "Deliverability", "CPSL", heap]),
        room("Report", ["MTASTS", "Evidence", "Deliverability", "Polling"]),
        room("UnboundDNS", ["MTASTS", "Evidence", "Polling", "CUnbound"]),
        room("OpenSSLTLS", ["MTASTS", "Evidence", "Polling", "COpenSSL"] + nio),
        room("Probing", ["MTASTS", "Evidence", "Polling", "OpenSSLTLS", nioHTTP1] + nio),
        room("SQLiteHistory", ["MTASTS", "Evidence", "Deliverability", "Polling", grdb]),
        room("Cells"),
        room("Dashboard", ["MTASTS", "Evidence", "Deliverability", "Cells"]),
        room("Processes", ["CLinux"]),
        room("CursesTerminal", ["Cells", "CCurses", "Processes"]),
        room("Notices", ["MTASTS", "Evidence", "Deliverability", "Polling", "Report", "Processes"]),
        room(
            "Settings",
            ["MTASTS", "Evidence", "Deliverability", "Polling", "Cells", "Dashboard", "CIDN2", "TOMLKit"]),
        room("MailLab", ["MTASTS", "Evidence", "Polling", "OpenSSLTLS", "COpenSSL", nioHTTP1] + nio),
        .executableTarget(
            name: "stswatch",
            dependencies: [
                "MTASTS", "Evidence", "Deliverability", "Polling", "Report", "UnboundDNS", "OpenSSLTLS", "Probing",
                "SQLiteHistory", "Cells", "Dashboard", "CursesTerminal", "Processes", "Notices", "Settings", "MailLab",
                argumentParser,
            ] + nio,
            swiftSettings: strict),

        // What several rooms' tests need.
        .target(name: "TestSupport", dependencies: ["Polling"], path: "Tests/Support", swiftSettings: strict),
        tests(of: "MTASTS"),
        tests(of: "Evidence", ["MTASTS"]),
        tests(of: "Deliverability", ["MTASTS", "Evidence", "TestSupport"]),
        tests(of: "Polling", ["MTASTS", "Evidence", "Deliverability", "TestSupport"]),
        tests(of: "Report", ["MTASTS", "Evidence", "Deliverability", "Polling"]),
        tests(of: "UnboundDNS", ["MTASTS", "Evidence", "Polling"]),
        tests(of: "OpenSSLTLS", ["MTASTS", "Evidence", "Polling", "MailLab", nioEmbedded] + nio),
        tests(
            of: "Probing",
            ["MTASTS", "Evidence", "Polling", "OpenSSLTLS", "MailLab", "TestSupport", nioHTTP1, nioEmbedded] + nio),
        tests(of: "SQLiteHistory", ["MTASTS", "Evidence", "Deliverability", "Polling", "TestSupport", grdb]),
        tests(of: "Cells", ["TestSupport"]),
        tests(of: "Dashboard", ["MTASTS", "Evidence", "Deliverability", "Cells"], without: ["Approved"]),
        tests(of: "Processes"),
        tests(of: "CursesTerminal", ["Cells", "Processes"]),
        tests(of: "Notices", ["MTASTS", "Deliverability", "Polling"]),
        tests(of: "Settings", ["MTASTS", "Deliverability", "Polling", "Cells", "Dashboard"]),
        tests(
            of: "MailLab",
            [
                "MTASTS", "Evidence", "Deliverability", "Polling", "Report", "UnboundDNS", "OpenSSLTLS", "Probing",
                "Cells", "Dashboard", "CLinux",
            ] + nio),
        tests(
            of: "stswatch",
            [
                "MTASTS", "Evidence", "Deliverability", "Polling", "SQLiteHistory", "Dashboard", "Settings",
                "TestSupport", grdb,
            ]),
    ]
)

// The fuzzers reach internal entry points and need a build of their own (see .ci/fuzz): no other build knows of them.
if Context.environment["STSWATCH_FUZZ"] != nil {
    package.products.append(.executable(name: "stswatch-fuzz", targets: ["Fuzzing"]))
    package.targets.append(
        .executableTarget(
            name: "Fuzzing",
            dependencies: [
                "MTASTS", "Evidence", "Polling", "UnboundDNS", "OpenSSLTLS", "Probing", "Cells", "Dashboard",
                "Settings", nioHTTP1, nioEmbedded,
            ] + nio,
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
