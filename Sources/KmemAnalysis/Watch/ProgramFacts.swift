/// How a running program was started and what runs it, which decides what can be asked of it.
package struct ProgramFacts: Hashable, Sendable {
  /// The executable's path; nil where it may not be known, or the file was deleted.
  package let executable: String?
  /// The arguments behind the program's name; nil where they aren't known.
  package let arguments: [String]?
  /// What runs the program.
  package let runtime: Runtime

  /// What manages a program's memory.
  package enum Runtime: Hashable, Sendable {
    /// malloc, as far as is known.
    case native
    case java, python, go, node
  }
}

extension ProgramFacts {
  /// Tells the runtime by the executable's name, the names of files mapped, and the beginning of the
  /// executable.
  ///
  /// Go's linker writes a note of its own there (`.note.go.buildid`: type 4, name `Go`).
  package init(
    executable: String?, arguments: [String]?, mapped: Set<String>, beginning: Span<UInt8>
  ) {
    self.executable = executable.flatMap { $0.hasSuffix(" (deleted)") ? nil : $0 }
    self.arguments = arguments
    let name = executable?.split(separator: "/").last.map(String.init) ?? ""
    runtime =
      if name == "java" || mapped.contains("libjvm.so") {
        .java
      } else if name.hasPrefix("python") || mapped.contains(where: { $0.hasPrefix("libpython") }) {
        .python
      } else if name == "node" || name == "nodejs" {
        .node
      } else if Self.hasGoNote(beginning) {
        .go
      } else {
        .native
      }
  }

  private static let goNote: [UInt8] = [4, 0, 0, 0, 0x47, 0x6F, 0, 0]

  private static func hasGoNote(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= goNote.count else { return false }
    return (0...(bytes.count - goNote.count)).contains { start in
      goNote.indices.allSatisfy { bytes[start + $0] == goNote[$0] }
    }
  }
}
