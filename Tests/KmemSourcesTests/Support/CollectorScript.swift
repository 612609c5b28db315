import Foundation
import Glibc

/// The collector for machines that can't run kmemcheck, as it lies in the repository.
struct CollectorScript {
  /// The shells that it's run in, each with its first arguments.
  static let shells: [[String]] = [
    ["/usr/bin/dash"], ["/usr/bin/busybox", "sh"], ["/usr/bin/bash", "--posix"],
  ].filter { FileManager.default.isExecutableFile(atPath: $0[0]) }

  static let path = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/Packaging/kmemcheck-collect").path

  /// The programs of busybox that most systems have in `/bin`, which is all that the script may use.
  static let programs = [
    "cat", "cp", "date", "dmesg", "gzip", "mkdir", "mv", "rm", "sed", "sleep", "tar",
  ]

  let text: String

  init() throws { text = try String(contentsOfFile: Self.path, encoding: .utf8) }

  /// The files that a function of the script lists, as patterns: a folder and names in a line.
  func list(_ function: String) throws -> [String] {
    guard let start = text.range(of: "\n\(function)() {\n    cat <<'END'\n")?.upperBound,
      let end = text.range(of: "\nEND\n", range: start..<text.endIndex)?.lowerBound
    else { return [] }
    return text[start..<end].split(separator: "\n").flatMap { line in
      let words = line.split(separator: " ")
      return words.dropFirst().map { "\(words[0])/\($0)" }
    }
  }

  /// The value of a variable that the script sets at the beginning of a line.
  func value(_ name: String) -> String? {
    text.split(separator: "\n").first { $0.hasPrefix("\(name)=") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: ["'", "\""]) }
  }

  /// A script that chooses lines of a log as this one does.
  var choosing: String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let function = lines.drop { !$0.hasPrefix("choose_lines()") }.prefix { $0 != "}" }
    return (lines.filter { $0.hasPrefix("log_") } + function + ["}", "choose_lines", ""])
      .joined(separator: "\n")
  }

  /// A folder with nothing but those programs of busybox, to be the only one in PATH.
  static func folder(of programs: [String], in directory: TemporaryDirectory) throws -> String {
    let number = Self.programs.map { programs.contains($0) ? "1" : "0" }.joined()
    let folder = "\(directory.path)/bin \(number)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for program in programs {
      try? FileManager.default.createSymbolicLink(
        atPath: "\(folder)/\(program)", withDestinationPath: "/usr/bin/busybox")
    }
    return folder
  }

  /// A busybox of another architecture and the program that emulates it, as the user of tests names
  /// them: `qemu-aarch64-static` and Debian's busybox-static of arm64, for instance.
  static let foreign: (busybox: String, emulator: String)? = {
    let environment = ProcessInfo.processInfo.environment
    guard let busybox = environment["KMEMCHECK_FOREIGN_BUSYBOX"],
      let emulator = environment["KMEMCHECK_EMULATOR"]
    else { return nil }
    return (busybox, emulator)
  }()

  /// A folder with those programs of the foreign busybox: each is a script that the emulator runs,
  /// as a kernel without binfmt_misc starts no others.
  static func foreignFolder(in directory: TemporaryDirectory) throws -> String? {
    guard let foreign else { return nil }
    for program in programs + ["sh"] {
      try directory.write("foreign/\(program)", "#!\(foreign.emulator) \(foreign.busybox)\n")
    }
    try directory.run("chmod +x foreign/*")
    return "\(directory.path)/foreign"
  }

  /// Runs it with the arguments and returns its exit status and what it said.
  static func run(
    _ shell: [String] = shells[0], _ arguments: [String], in directory: TemporaryDirectory,
    programs: [String] = programs
  ) throws -> (status: Int32, said: String) {
    let words = shell + [path] + arguments
    let bin = try folder(of: programs, in: directory)
    let command = words.map { "'\($0)'" }.joined(separator: " ")
    let status = try directory.run("PATH='\(bin)' \(command) 2>said </dev/null")
    return (status >> 8, String(decoding: try directory.bytes(of: "said"), as: UTF8.self))
  }
}
