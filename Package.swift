// swift-tools-version: 6.2
import PackageDescription

/// Settings of every Swift target: Swift 6 mode, `any` written out, imports private unless said otherwise.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// Numeric code is optimised in debug builds too: unoptimised, tests of learners would take minutes.
let hot: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// One static Swift library in release: the program starts twice as fast. The libraries named are parts of a static Foundation.
let staticStart: [SwiftSetting] = strict + [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))]
let staticFoundation: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-static-stdlib", "-lCoreFoundation", "-l_FoundationCollections", "-l_FoundationCShims", "-l_FoundationICU", "-lstdc++",
        ], .when(platforms: [.linux], configuration: .release))
]

/// Modules by layer, from the leaves up: a module imports only from lower layers.
let leaves: [Target.Dependency] = ["RondoKernels", "RondoSignature"]
let matter: [Target.Dependency] = leaves + ["RondoFrame", "RondoLanguage", "RondoReport"]
let evaluation: [Target.Dependency] = matter + ["RondoExpressions"]
let methods: [Target.Dependency] = evaluation + ["RondoLearning"]
let preparation: [Target.Dependency] = methods + ["RondoRecipes"]
let domain: [Target.Dependency] = preparation + ["RondoLifecycle", "RondoDemo"]
let shell: [Target.Dependency] = domain + ["RondoSession"]

func target(_ name: String, _ dependencies: [Target.Dependency] = [], _ settings: [SwiftSetting] = strict) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], goldens: Bool = false) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: goldens ? ["Goldens"] : [], swiftSettings: strict)
}

let package = Package(
    name: "rondo",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "rondo", targets: ["rondo"]),
        .executable(name: "rondo-bench", targets: ["RondoBenchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // 0 leaves
        .target(name: "CEditline", linkerSettings: [.linkedLibrary("edit")]),
        .target(
            name: "CSystemLibraries",
            linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux])), .linkedLibrary("m", .when(platforms: [.linux]))]),
        target("RondoSignature"),
        target("RondoKernels", ["CSystemLibraries"], hot),
        // 1 matter
        target("RondoFrame", ["RondoKernels"], hot),
        target("RondoLanguage", leaves),
        target("RondoReport", ["RondoKernels"]),
        // 2 evaluation
        target("RondoExpressions", ["RondoLanguage", "RondoFrame", "RondoKernels", "CSystemLibraries"], hot),
        // 3 methods
        target("RondoLearning", leaves + ["RondoFrame", "RondoReport"], hot),
        // 4 preparation
        target("RondoRecipes", methods, hot),
        // 5 domain
        target("RondoLifecycle", preparation, hot),
        target("RondoDemo", ["RondoFrame", "RondoKernels"], hot),
        // 6 shell
        target("RondoSession", domain),
        // 7 edges
        target("RondoVerbs", shell),
        target(
            "RondoStore",
            [
                "RondoSession", "RondoLifecycle", "RondoFrame", "RondoKernels", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        target("RondoTerminal", ["CEditline", "RondoReport", "RondoKernels"]),
        // 8 wiring
        .executableTarget(
            name: "rondo",
            dependencies: shell + [
                "RondoVerbs", "RondoStore", "RondoTerminal", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: staticStart,
            linkerSettings: staticFoundation
        ),
        .executableTarget(name: "RondoBenchmarks", dependencies: shell + ["RondoVerbs"], swiftSettings: strict),
        // tests, one target a module, and what they share
        .target(name: "RondoGoldens", path: "Tests/RondoGoldens", swiftSettings: strict),
        tests("RondoKernelsTests", leaves),
        tests("RondoFrameTests", ["RondoFrame", "RondoKernels"]),
        tests("RondoLanguageTests", leaves + ["RondoLanguage"]),
        tests("RondoReportTests", ["RondoReport", "RondoKernels", "RondoGoldens"], goldens: true),
        tests("RondoExpressionsTests", evaluation),
        tests("RondoLearningTests", methods),
        tests("RondoRecipesTests", preparation),
        tests("RondoLifecycleTests", domain),
        tests("RondoDemoTests", ["RondoDemo", "RondoFrame", "RondoKernels"]),
        tests("RondoSessionTests", shell + ["RondoVerbs", "RondoStore", "RondoGoldens"], goldens: true),
        tests("RondoTerminalTests", ["RondoTerminal", "RondoReport", "RondoKernels"]),
        tests("RondoProgramTests", ["rondo"]),
    ],
    swiftLanguageModes: [.v6]
)
