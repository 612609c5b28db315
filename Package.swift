// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// Parsers keep spans of the text in cursors of their own, which needs lifetime annotations.
let lifetimes: SwiftSetting = .enableExperimentalFeature("Lifetimes")

/// The commit, for `--version` of release builds; nothing outside of a repository.
let commit: [CSetting] =
  Context.gitInformation.map { git in
    let text = git.currentCommit.prefix(12) + (git.hasUncommittedChanges ? "+" : "")
    return [.define("KMEMCHECK_COMMIT", to: "\"\(text)\"", .when(configuration: .release))]
  } ?? []

/// Without these a package is 6 % larger.
///
/// Nothing looks up the program's own symbols, and neither errors of Swift nor the C libraries
/// unwind its stack by tables, which packages leave out. Functions whose addresses are
/// taken stay apart (safe), as key paths and callbacks are compared by them.
let smallLinking: LinkerSetting = .unsafeFlags(
  ["-use-ld=lld"]
    + [
      "--icf=safe", "--no-export-dynamic", "--no-eh-frame-hdr", "-O2",
      "--call-graph-profile-sort=none",
    ].flatMap { ["-Xlinker", $0] },
  .when(platforms: [.linux], configuration: .release))

/// The package has a limit of 6 MB: all code but that of parsers, which runs for every line of every file, is
/// made small.
///
/// Intake only looks at texts that people kept.
let small: SwiftSetting = .unsafeFlags(["-Osize"], .when(configuration: .release))

let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "kmemcheck",
  products: [.executable(name: "kmemcheck", targets: ["kmemcheck"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CNettle", pkgConfig: "nettle",
      providers: [.apt(["nettle-dev"]), .yum(["nettle-devel"])]),
    .target(name: "COnDemand", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "CArchive", dependencies: ["COnDemand"]),
    .target(name: "CElfutils", dependencies: ["COnDemand"]),
    .target(name: "CExpat", dependencies: ["COnDemand"]),
    .target(name: "CKmod", dependencies: ["COnDemand"]),
    .target(name: "CSQLite", dependencies: ["COnDemand"]),
    .target(name: "CZlib", dependencies: ["COnDemand"]),
    .target(name: "CArguments"),
    .target(name: "CCommit", cSettings: commit),
    .target(name: "COrphans"),
    .target(name: "KmemParsers", swiftSettings: strict + [lifetimes]),
    .target(
      name: "KmemIntake", dependencies: ["KmemParsers"],
      swiftSettings: strict + [small, lifetimes]),
    .target(
      name: "KmemSnapshot", dependencies: ["KmemParsers"], swiftSettings: strict + [small]),
    .target(
      name: "KmemAnalysis", dependencies: ["KmemParsers", "KmemSnapshot"],
      swiftSettings: strict + [small]),
    .target(
      name: "KmemReport", dependencies: ["KmemAnalysis", "KmemParsers", "KmemSnapshot"],
      swiftSettings: strict + [small]),
    .target(
      name: "KmemSources",
      dependencies: [
        "CKmod", "CArchive", "CExpat", "CNettle", "CZlib", "KmemIntake", "KmemParsers",
        "KmemSnapshot",
        systemPackage,
      ],
      swiftSettings: strict + [small]),
    .target(
      name: "KmemControl", dependencies: ["COrphans", "KmemParsers", systemPackage],
      swiftSettings: strict + [small]),
    .target(
      name: "CTracer", exclude: ["program.bpf.c", "program.inc", "compile"],
      cSettings: [.define("_GNU_SOURCE")], linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "KmemTracing", dependencies: ["CTracer", "KmemParsers", systemPackage],
      swiftSettings: strict + [small]),
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl")]),
    .target(name: "KmemPrometheus", dependencies: ["CCurl"], swiftSettings: strict + [small]),
    .target(
      name: "KmemSymbols",
      dependencies: ["CElfutils", "CKmod", "CArchive", "KmemAnalysis", systemPackage],
      swiftSettings: strict + [small]),
    .target(
      name: "KmemHistory", dependencies: ["CSQLite", "KmemAnalysis"],
      swiftSettings: strict + [small]),
    .target(
      name: "KmemCommands",
      dependencies: [
        "CArguments", "CCommit", "KmemParsers", "KmemIntake", "KmemSnapshot", "KmemAnalysis",
        "KmemReport",
        "KmemSources", "KmemControl", "KmemSymbols", "KmemHistory", "KmemTracing", "KmemPrometheus",
        argumentParser,
        systemPackage,
      ],
      swiftSettings: strict + [small]),
    .executableTarget(
      name: "kmemcheck", dependencies: ["KmemCommands"], swiftSettings: strict,
      linkerSettings: [smallLinking]),
    .executableTarget(
      name: "corpus", dependencies: ["KmemParsers"], path: "Tests/CorpusTool",
      swiftSettings: strict),
    .executableTarget(
      name: "measure", dependencies: ["KmemAnalysis", "KmemParsers", "KmemSymbols"],
      path: "Tests/Benchmarks/measure",
      swiftSettings: strict),
    .executableTarget(
      name: "record", dependencies: ["KmemHistory", "KmemAnalysis"], path: "Tests/Recorder",
      swiftSettings: strict),
    .testTarget(
      name: "KmemHistoryTests",
      dependencies: ["KmemHistory", "KmemAnalysis", "KmemTestSupport", "record"],
      swiftSettings: strict),
    .testTarget(
      name: "KmemParsersTests", dependencies: ["KmemParsers", "KmemTestSupport"],
      swiftSettings: strict + [lifetimes]),
    .testTarget(
      name: "KmemIntakeTests", dependencies: ["KmemIntake", "KmemParsers", "KmemTestSupport"],
      swiftSettings: strict + [lifetimes]),
    .target(
      name: "KmemTestSupport", dependencies: ["KmemAnalysis", "KmemSnapshot", "KmemSources"],
      path: "Tests/KmemTestSupport", swiftSettings: strict),
    .testTarget(
      name: "KmemSnapshotTests", dependencies: ["KmemSnapshot", "KmemParsers", "KmemTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "KmemAnalysisTests",
      dependencies: [
        "KmemAnalysis", "KmemSnapshot", "KmemSources", "KmemParsers", "KmemTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "KmemReportTests",
      dependencies: [
        "KmemReport", "KmemAnalysis", "KmemSnapshot", "KmemParsers", "KmemTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "KmemCommandsTests",
      dependencies: [
        "kmemcheck", "KmemCommands", "KmemHistory", "KmemReport", "KmemAnalysis", "KmemSnapshot",
        "KmemSources", "KmemIntake", "KmemParsers", "KmemTracing", "KmemTestSupport",
        argumentParser,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "KmemControlTests", dependencies: ["KmemControl", systemPackage],
      swiftSettings: strict),
    .testTarget(
      name: "KmemSourcesTests",
      dependencies: [
        "KmemSources", "KmemSnapshot", "KmemParsers", "KmemTestSupport", systemPackage,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "KmemTracingTests",
      dependencies: ["KmemTracing", "CTracer", "KmemParsers"], swiftSettings: strict),
    .testTarget(
      name: "KmemSymbolsTests",
      dependencies: ["KmemSymbols", "KmemAnalysis", "KmemTestSupport", systemPackage],
      swiftSettings: strict),
  ]
)
