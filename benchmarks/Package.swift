// swift-tools-version: 6.2
import PackageDescription

// Benchmarks against peers in one process, interleaved: `swift run -c release --package-path benchmarks SeamBenchmark`.
let swift: [SwiftSetting] = [
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "host", path: "..")],
    targets: [
        // A stock Lua state beside the sandboxed ones, with whatever modules the machine has.
        .target(name: "CStock", linkerSettings: [.linkedLibrary("lua5.4")]),
        // Turns, rows of the table, and the two kinds of states.
        .target(
            name: "Measuring", dependencies: ["CStock", .product(name: "Bridge", package: "host")],
            swiftSettings: swift),
        .executableTarget(
            name: "DispatchBenchmark",
            dependencies: [
                .product(name: "Bitrix24", package: "host"), .product(name: "Host", package: "host"),
                .product(name: "Wire", package: "host"),
            ],
            swiftSettings: swift),
        .executableTarget(
            name: "JSONBenchmark",
            dependencies: [
                "Measuring", .product(name: "Bridge", package: "host"), .product(name: "Wire", package: "host"),
            ],
            swiftSettings: swift),
        .executableTarget(
            name: "SeamBenchmark",
            dependencies: [
                "Measuring", .product(name: "Bridge", package: "host"), .product(name: "CLua", package: "host"),
            ],
            swiftSettings: swift),
    ]
)
