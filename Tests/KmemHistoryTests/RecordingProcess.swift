import Foundation
import KmemTestSupport

/// A process that records, which can be killed.
final class RecordingProcess {
  private let process = Process()
  private let output = Pipe()

  /// The program beside the test bundle.
  private static let executable: URL = {
    let built = Bundle.main.bundleURL.appendingPathComponent("record")
    let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("record")
    return FileManager.default.isExecutableFile(atPath: built.path) ? built : beside
  }()

  init(_ path: String, boot: String, rounds: Int, series: Int = 50) throws {
    process.executableURL = Self.executable
    process.arguments = [path, boot, "\(rounds)", "\(series)"]
    process.standardOutput = output
    try process.run()
  }

  /// Kills it when it has written some rounds; the number of the last one it told of.
  func kill(after rounds: Int) -> Int {
    var lines = ""
    while lines.count(where: { $0 == "\n" }) < rounds {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      lines += String(decoding: data, as: UTF8.self)
    }
    _ = Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    lines += String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return lines.split(separator: "\n").compactMap { Int($0) }.last ?? 0
  }

  /// Waits for its end; what it printed last.
  func finish() -> String {
    let all = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: all, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? ""
  }
}
