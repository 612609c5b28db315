internal import Glibc
import KmemReport

/// A file that was named to a command which reads the machine it runs on.
enum FileArguments {
  private static let verbs = ["scan", "snap", "status", "watch"]

  /// Why a file can't be given; nothing where no argument is the name of one.
  static func objection(_ arguments: [String]) -> ArgumentRefusal? {
    guard let verb = arguments.first, verbs.contains(verb) else { return nil }
    // What stands behind an option is its value.
    let words = zip(arguments, arguments.dropFirst()).filter { !$0.0.hasPrefix("-") }.map(\.1)
    let name = words.first { !$0.hasPrefix("-") && (unsafe access($0, F_OK)) == 0 }
    return name.map { .noFile(verb: verb, name: $0) }
  }
}
