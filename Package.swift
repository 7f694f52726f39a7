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

/// One static Swift library in release: the program starts twice as fast.
let staticStart: [SwiftSetting] = strict + [
    .unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release))
]

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
        .target(name: "CSystemLibraries", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux])), .linkedLibrary("m", .when(platforms: [.linux]))]),
        target("RondoSignature"),
        target("RondoKernels", ["CSystemLibraries"], hot),
        // 1 matter
        target("RondoFrame", ["RondoKernels"], hot),
        target("RondoLanguage", ["RondoSignature", "RondoKernels"]),
        target("RondoReport", ["RondoKernels"]),
        // 2 evaluation
        target("RondoExpressions", ["RondoLanguage", "RondoFrame", "RondoKernels", "CSystemLibraries"], hot),
        // 3 methods
        target("RondoLearning", ["RondoSignature", "RondoKernels", "RondoFrame", "RondoReport"], hot),
        // 4 preparation
        target("RondoRecipes", ["RondoExpressions", "RondoLearning", "RondoFrame", "RondoLanguage", "RondoKernels", "RondoReport"], hot),
        // 5 domain
        target("RondoLifecycle", ["RondoRecipes", "RondoExpressions", "RondoLearning", "RondoFrame", "RondoLanguage", "RondoKernels", "RondoReport"], hot),
        target("RondoDemo", ["RondoFrame", "RondoKernels"], hot),
        // 6 shell
        target("RondoSession", ["RondoLifecycle", "RondoRecipes", "RondoExpressions", "RondoLearning", "RondoFrame", "RondoLanguage", "RondoSignature", "RondoKernels", "RondoReport", "RondoDemo"]),
        // 7 edges
        target("RondoVerbs", ["RondoSession", "RondoLifecycle", "RondoRecipes", "RondoExpressions", "RondoLearning", "RondoFrame", "RondoLanguage", "RondoSignature", "RondoKernels", "RondoReport", "RondoDemo"]),
        target("RondoStore", ["RondoSession", "RondoLifecycle", "RondoKernels", .product(name: "GRDB", package: "GRDB.swift")]),
        target("RondoTerminal", ["CEditline", "RondoReport"]),
        // 8 wiring
        .executableTarget(
            name: "rondo",
            dependencies: [
                "RondoVerbs", "RondoStore", "RondoTerminal", "RondoSession", "RondoLanguage", "RondoSignature", "RondoReport", "RondoKernels", "RondoDemo",
                "RondoFrame", "RondoLifecycle",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: staticStart,
            linkerSettings: [.unsafeFlags(["-static-stdlib", "-lCoreFoundation", "-l_FoundationCollections", "-l_FoundationCShims", "-l_FoundationICU", "-lstdc++"], .when(platforms: [.linux], configuration: .release))]
        ),
        .executableTarget(
            name: "RondoBenchmarks",
            dependencies: ["RondoVerbs", "RondoSession", "RondoLifecycle", "RondoRecipes", "RondoExpressions", "RondoLearning", "RondoFrame", "RondoKernels", "RondoLanguage"],
            swiftSettings: strict
        ),
        // tests, one target a module
        tests("RondoKernelsTests", ["RondoKernels"]),
        tests("RondoFrameTests", ["RondoFrame", "RondoKernels"]),
        tests("RondoLanguageTests", ["RondoLanguage", "RondoSignature", "RondoKernels"]),
        tests("RondoReportTests", ["RondoReport", "RondoKernels"], goldens: true),
        tests("RondoExpressionsTests", ["RondoExpressions", "RondoLanguage", "RondoFrame", "RondoKernels"]),
        tests("RondoLearningTests", ["RondoLearning", "RondoFrame", "RondoKernels", "RondoReport", "RondoSignature"]),
        tests("RondoRecipesTests", ["RondoRecipes", "RondoExpressions", "RondoFrame", "RondoLanguage", "RondoKernels", "RondoLearning", "RondoReport"]),
        tests("RondoLifecycleTests", ["RondoLifecycle", "RondoRecipes", "RondoExpressions", "RondoLearning", "RondoFrame", "RondoLanguage", "RondoKernels", "RondoReport"]),
        tests("RondoDemoTests", ["RondoDemo", "RondoFrame", "RondoKernels"]),
        tests("RondoSessionTests", ["RondoVerbs", "RondoSession", "RondoLifecycle", "RondoRecipes", "RondoExpressions", "RondoLearning", "RondoFrame", "RondoLanguage", "RondoSignature", "RondoKernels", "RondoReport", "RondoDemo", "RondoStore"], goldens: true),
        tests("RondoTerminalTests", ["RondoTerminal", "RondoReport"]),
        tests("RondoProgramTests", ["rondo"]),
    ],
    swiftLanguageModes: [.v6]
)
