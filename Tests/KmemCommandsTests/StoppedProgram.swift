import Foundation
import Glibc
import KmemTestSupport

/// A program of the system's that is stopped, so that its memory stays as it is.
final class StoppedProgram {
  private let process = Process()

  /// Starts it, gives it time to map what it needs, and stops it.
  init?(_ path: String, _ arguments: [String] = []) {
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = Pipe()
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    usleep(700_000)
    kill(process.processIdentifier, SIGSTOP)
  }

  var pid: Int { Int(process.processIdentifier) }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  static let busybox = "/bin/busybox"
  static let hasBusybox = FileManager.default.isExecutableFile(atPath: busybox)

  /// A static program from a file of its own: nobody else maps its pages, so that what others
  /// start and end doesn't change whose they are.
  static func alone(_ arguments: [String], in folder: TemporaryFolder) -> StoppedProgram? {
    let copy = folder.path + "/busybox-\(UUID().uuidString)"
    guard (try? FileManager.default.copyItem(atPath: busybox, toPath: copy)) != nil else {
      return nil
    }
    return StoppedProgram(copy, arguments)
  }

  /// The system's own: a version manager's would be a script that starts another process.
  static let python = "/usr/bin/python3"
  static let hasPython = FileManager.default.isExecutableFile(atPath: python)

  /// Memory of several kinds: allocated, mapped from files, and shared with others.
  static func python(_ statements: String) -> StoppedProgram? {
    StoppedProgram(python, ["-c", "import sys; \(statements); sys.stdin.read()"])
  }
}
