// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target of ours, so that no target is stricter or laxer than its neighbours.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A library target of ours. `on` are targets of this package: the arrows of `docs/architecture.md`,
/// which `Tests/ArchitectureTests` checks against the imports in the sources.
func module(
    _ name: String, on targets: [String] = [], products: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name,
        dependencies: targets.map { .target(name: $0) } + products,
        resources: resources,
        swiftSettings: settings
    )
}

func tests(_ name: String, on targets: [String], products: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests",
        dependencies: targets.map { .target(name: $0) } + products,
        exclude: [],
        swiftSettings: settings
    )
}

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(name: "HummingbirdTesting", package: "hummingbird")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let toml: Target.Dependency = .product(name: "TOMLKit", package: "TOMLKit")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "pantau",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "pantau", targets: ["pantau"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.30.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.2.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.20.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.10.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.90.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    ],
    targets: [
        // The core: pure, no I/O, no clock.
        module("Domain"),
        module("WhatsApp", on: ["Domain"], products: [crypto]),
        module("Connectors", on: ["Domain"], products: [crypto]),
        module("Catalogue", on: ["Domain"]),
        module("Ledgers", on: ["Domain", "Catalogue"]),
        module("Insights", on: ["Domain", "Catalogue"]),
        module("Alerts", on: ["Domain", "Catalogue", "Insights"], products: [crypto]),
        module("Simulator", on: ["Domain"]),

        // The seam, its engine, and what runs on it.
        module("Storage", on: ["Domain", "Catalogue", "Ledgers"]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        module(
            "StoreSQLite", on: ["Domain", "Catalogue", "Ledgers", "Storage", "CZlib"], products: [grdb, grdbSQLite]),
        module("Analytics", on: ["Domain", "Catalogue", "Insights", "Storage"]),
        module(
            "Pipeline",
            on: [
                "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage",
                "Analytics",
            ],
            products: [lifecycle, logging]
        ),

        // The surfaces.
        module(
            "Web", on: ["Domain", "Catalogue", "CZlib"],
            products: [crypto, cryptoExtras, httpTypes, hummingbird, lifecycle, logging, nioCore]),
        module(
            "API",
            on: [
                "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage",
                "Analytics",
                "Web",
            ],
            products: [httpTypes, hummingbird, logging]
        ),
        module(
            "Dashboard",
            on: ["Domain", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage", "Analytics", "Web"],
            products: [crypto, httpTypes, hummingbird, logging]),

        // The composition root: a library, so that tests can build the whole program.
        module(
            "App",
            on: [
                "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage",
                "StoreSQLite", "Analytics", "Pipeline", "Web", "API", "Dashboard", "Simulator", "CZlib",
            ],
            products: [
                argumentParser, asyncHTTPClient, configuration, hummingbird, lifecycle, logging, nioCore, nioHTTP1,
                nioPosix, nioSSL, toml, unixSignals, yams,
            ],
            // In the program itself, so that one file is all there is to install.
            resources: [.embedInCode("Resources/holidays-id.csv")]
        ),
        .executableTarget(name: "pantau", dependencies: ["App"], path: "Sources/Main", swiftSettings: settings),

        // Tests.
        .target(name: "TestSupport", dependencies: ["Domain"], path: "Tests/TestSupport", swiftSettings: settings),
        .target(
            name: "SurfaceSupport", dependencies: ["Domain", "Catalogue", "Ledgers", "Storage"],
            path: "Tests/SurfaceSupport", swiftSettings: settings),
        tests("Architecture", on: []),
        tests("Domain", on: ["Domain"]),
        tests("WhatsApp", on: ["Domain", "WhatsApp"]),
        tests("Connectors", on: ["Domain", "Connectors"]),
        tests("Catalogue", on: ["Domain", "Catalogue"]),
        tests("Ledgers", on: ["Domain", "Catalogue", "Ledgers", "TestSupport"]),
        tests("Insights", on: ["Domain", "Catalogue", "Insights"]),
        tests("Alerts", on: ["Domain", "Catalogue", "Insights", "Alerts"], products: [crypto]),
        tests("Simulator", on: ["Domain", "Simulator"]),
        tests(
            "StoreSQLite", on: ["Domain", "Catalogue", "Ledgers", "Storage", "StoreSQLite", "TestSupport"],
            products: [grdb]),
        tests("Analytics", on: ["Domain", "Catalogue", "Ledgers", "Insights", "Storage", "Analytics"]),
        tests(
            "Web", on: ["Domain", "Catalogue", "Storage", "Web", "CZlib"], products: [hummingbird, hummingbirdTesting]),
        tests(
            "API",
            on: [
                "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Storage", "Analytics", "Web",
                "API", "SurfaceSupport",
            ], products: [httpTypes, hummingbird, hummingbirdTesting]),
        tests(
            "Dashboard",
            on: [
                "Domain", "WhatsApp", "Catalogue", "Ledgers", "Storage", "StoreSQLite", "Analytics", "Web", "API",
                "Dashboard", "Insights", "Alerts", "SurfaceSupport", "TestSupport",
            ], products: [httpTypes, hummingbird, hummingbirdTesting]),
        tests(
            "App",
            on: [
                "Domain", "WhatsApp", "Connectors", "Catalogue", "Ledgers", "Insights", "Alerts", "Storage",
                "StoreSQLite", "Analytics", "Pipeline", "Web", "API", "Simulator", "App", "TestSupport",
            ],
            products: [
                asyncHTTPClient, crypto, httpTypes, hummingbird, hummingbirdTesting, logging, nioCore, nioHTTP1,
                nioPosix, nioSSL,
            ]),
    ]
)
