import Foundation

/// A program of the system's that tests compare with.
package enum Tool {
  /// What it printed, or nothing where it isn't there or failed.
  package static func output(_ path: String, _ arguments: String...) -> String? {
    run(path, arguments).flatMap { $0.status == 0 ? $0.output : nil }
  }

  /// What it printed, errors included, and its status; nothing where it isn't there.
  package static func run(_ path: String, _ arguments: [String]) -> (output: String, status: Int32)?
  {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
  }

  /// The contents of a kernel file; nothing where it can't be read or is empty.
  package static func kernelFile(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// Whether python3 has the module that checks JSON against schemas (Debian: python3-jsonschema).
  package static let hasJSONSchema =
    output("/usr/bin/env", "python3", "-c", "from jsonschema import Draft202012Validator") != nil
}
