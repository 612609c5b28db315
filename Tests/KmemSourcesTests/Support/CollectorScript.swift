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

  /// A folder with nothing but those programs of busybox, to be the only one in PATH.
  static func folder(of programs: [String], in directory: TemporaryDirectory) throws -> String {
    let folder = "\(directory.path)/bin \(programs.count)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for program in programs {
      try? FileManager.default.createSymbolicLink(
        atPath: "\(folder)/\(program)", withDestinationPath: "/usr/bin/busybox")
    }
    return folder
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
