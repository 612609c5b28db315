package import Foundation
import Glibc

/// The built program, run as a user would.
package struct Program: Sendable {
  /// What a run left behind.
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String
    /// Whether a signal ended it; `status` is its number then.
    package let wasKilled: Bool

    /// The last line that isn't empty.
    package var lastLine: String { output.split(separator: "\n").last.map(String.init) ?? "" }
  }

  /// Who runs it.
  package enum User: Sendable {
    case whoeverTests
    /// A user without privileges, where the tests run as root.
    case nobody
    /// The same, with this folder in the place of `/sys/kernel/debug`.
    case nobodySeeing(debugfs: String)
  }

  package static let isRoot = geteuid() == 0
  /// Whether a run without privileges is possible: the program must lie where any user can reach it.
  package static let canDropPrivileges = canRun(as: .nobody)
  /// Whether a run with another `/sys/kernel/debug` is possible.
  package static let canMount = canRun(as: .nobodySeeing(debugfs: "/tmp"))

  private static func canRun(as user: User) -> Bool {
    let process = Process()
    let command = Self.command(as: user) + [executable, "--version"]
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// The home of the runs; the store lies in it.
  package let home: TemporaryFolder

  package init() throws { home = try TemporaryFolder() }

  /// The store of a user without privileges.
  package var store: String { "\(home.path)/state/kmemcheck" }

  /// The program beside the test bundle.
  package static let executable: String = {
    let built = Bundle.main.bundleURL.appendingPathComponent("kmemcheck").path
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("kmemcheck").path
    return FileManager.default.isExecutableFile(atPath: built) ? built : beside
  }()

  /// Runs the program with arguments, in its own home.
  package func run(
    _ arguments: String..., input: [UInt8]? = nil, environment: [String: String] = [:],
    user: User = .nobody, output path: String? = nil
  ) throws -> Result {
    try run(
      arguments: arguments, input: input, environment: environment, user: user, output: path)
  }

  package func run(
    arguments: [String], input: [UInt8]? = nil, environment: [String: String] = [:],
    user: User = .nobody, output path: String? = nil
  ) throws -> Result {
    let process = try start(
      arguments, input: input, environment: environment, user: user, output: path)
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try text(of: process, "out"),
      errors: try text(of: process, "err"),
      wasKilled: process.terminationReason == .uncaughtSignal)
  }

  /// Starts the program without waiting for it.
  package func start(
    _ arguments: [String], input: [UInt8]? = nil, environment: [String: String] = [:],
    user: User = .nobody, output path: String? = nil
  ) throws -> Process {
    let process = Process()
    let command = Self.command(as: user) + [Self.executable] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: home.path)
    process.environment = [
      "HOME": home.path, "XDG_STATE_HOME": "\(home.path)/state", "PATH": "/usr/bin:/bin",
      "LC_ALL": "C.UTF-8",
    ].merging(environment) { _, new in new }
    let name = "run-\(UUID().uuidString)"
    process.environment?["KMEMCHECK_TEST_RUN"] = name
    process.standardInput =
      try input.map {
        FileHandle(forReadingAtPath: try home.write("\(name).in", $0)) ?? FileHandle.nullDevice
      } ?? FileHandle.nullDevice
    process.standardOutput =
      try path.map { FileHandle(forWritingAtPath: $0) ?? .nullDevice }
      ?? writable("\(name).out")
    process.standardError = try writable("\(name).err")
    try process.run()
    return process
  }

  private func writable(_ name: String) throws -> FileHandle {
    FileHandle(forWritingAtPath: try home.write(name, [])) ?? .nullDevice
  }

  private func text(of process: Process, _ stream: String) throws -> String {
    let name = process.environment?["KMEMCHECK_TEST_RUN"] ?? ""
    let data = FileManager.default.contents(atPath: "\(home.path)/\(name).\(stream)")
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  /// What stands before a command so that this user runs it.
  package static func command(as user: User) -> [String] {
    let drop =
      isRoot
      ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
      : ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    switch user {
    case .whoeverTests: return []
    case .nobody: return isRoot ? drop : []
    case .nobodySeeing(let folder):
      // Who isn't root is in a namespace of his own, and gives its privileges up again.
      let mount = "mount --bind \"$0\" /sys/kernel/debug && exec \"$@\""
      return ["/usr/bin/unshare", isRoot ? "-m" : "-rm", "/bin/sh", "-c", mount, folder] + drop
    }
  }
}
