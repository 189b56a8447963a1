// swift-tools-version: 6.2
import PackageDescription

// The house: an arrow in `dependencies` is the only way one module may see another
// (docs/ARCHITECTURE.md; Tests/Tidy checks that no import goes round it).
let swift: [SwiftSetting] = [
    // A run stays on the task and thread that own its Lua state: async functions do not hop.
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "host",
    products: [
        .executable(name: "host", targets: ["CLI"]),
        // For benchmarks/.
        .library(name: "Bitrix24", targets: ["Bitrix24"]),
        .library(name: "Bridge", targets: ["Bridge"]),
        .library(name: "CLua", targets: ["CLua"]),
        .library(name: "Host", targets: ["Host"]),
        .library(name: "Wire", targets: ["Wire"]),
    ],
    targets: [
        // C over Debian's libraries.
        .target(name: "CLua", linkerSettings: [.linkedLibrary("lua5.4")]),
        .target(name: "CCurl"),  // loaded on first use: docs/decisions/001
        .target(name: "CMicrohttpd"),  // loaded on first use: docs/decisions/001
        .target(name: "CGnuTLS"),  // loaded on first use: docs/decisions/001
        .target(name: "CPQ"),  // loaded on first use: docs/decisions/001
        .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),

        // The pure cores.
        .target(name: "Wire", swiftSettings: swift),
        .target(name: "Bridge", dependencies: ["CLua", "Wire"], swiftSettings: swift),
        .target(name: "Bitrix24", dependencies: ["Wire"], swiftSettings: swift),

        // The shells.
        .target(name: "Cryptography", dependencies: ["CGnuTLS", "Wire"], swiftSettings: swift),
        .target(
            name: "Net", dependencies: ["CCurl", "CMicrohttpd", "Cryptography", "Wire"], swiftSettings: swift),
        .target(name: "Storage", dependencies: ["CPQ", "CSQLite"], swiftSettings: swift),
        .target(
            name: "Portal", dependencies: ["Bitrix24", "Cryptography", "Net", "Storage", "Wire"],
            swiftSettings: swift),
        .target(
            name: "Host", dependencies: ["Bitrix24", "Bridge", "Cryptography", "Net", "Storage", "Wire"],
            swiftSettings: swift),
        .executableTarget(
            name: "CLI", dependencies: ["Bitrix24", "Bridge", "Cryptography", "Host", "Net", "Portal", "Wire"],
            swiftSettings: swift),

        // Tests, one target a module, and three about the whole.
        .testTarget(name: "WireTests", dependencies: ["Wire"], swiftSettings: swift),
        .testTarget(
            name: "BridgeTests", dependencies: ["Bridge", "CLua", "HostileRunner", "Wire"], swiftSettings: swift),
        // What hostile scripts run in, so that a test outlives them.
        .executableTarget(
            name: "HostileRunner", dependencies: ["Bridge", "CLua", "Wire"], path: "Tests/Support/HostileRunner",
            swiftSettings: swift),
        .testTarget(name: "Bitrix24Tests", dependencies: ["Bitrix24", "Wire"], swiftSettings: swift),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography"], swiftSettings: swift),
        .testTarget(name: "NetTests", dependencies: ["Cryptography", "Net", "Wire"], swiftSettings: swift),
        .testTarget(
            name: "StorageTests", dependencies: ["PostgresCluster", "Storage"], swiftSettings: swift),
        // A PostgreSQL server of the tests' own, which does not outlive them.
        .target(name: "PostgresCluster", path: "Tests/Support/PostgresCluster", swiftSettings: swift),
        .testTarget(
            name: "PortalTests", dependencies: ["Portal", "Bitrix24", "Cryptography", "Net", "Storage", "Wire"],
            swiftSettings: swift),
        .testTarget(
            name: "HostTests",
            dependencies: [
                "Host", "Bridge", "Bitrix24", "Net", "Portal", "PostgresCluster", "RunsTogether", "Storage", "Wire",
            ],
            swiftSettings: swift),
        // Several of them meet an expired token in tests and benchmarks.
        .executableTarget(
            name: "RunsTogether", dependencies: ["Bitrix24", "Host", "Wire"], path: "Tests/Support/RunsTogether",
            swiftSettings: swift),
        .testTarget(name: "Specs", dependencies: ["CLI"], exclude: ["cases"], swiftSettings: swift),
        // The served host as a process, killed and started again.
        .testTarget(name: "ServeTests", dependencies: ["CLI", "Net", "Wire"], swiftSettings: swift),
        .testTarget(name: "Tidy", swiftSettings: swift),
    ]
)
