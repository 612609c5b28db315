/// How a running program was started and what runs it, which decides what can be asked of it.
package struct ProgramFacts: Hashable, Sendable {
  /// The executable's path; nil where it may not be known, or the file was deleted.
  package let executable: String?
  /// The arguments behind the program's name; nil where they aren't known.
  package let arguments: [String]?
  /// The folder to run it in again, where its arguments name files there; nil where none do.
  package var folder: String?
  /// What runs the program.
  package let runtime: Runtime
  /// Whether the file that it was started from is gone, or another one has its place.
  package let isDeleted: Bool
  /// Whether all of it is in the executable, so that no malloc can be put before its own.
  package let isStatic: Bool
  /// Whether it was built with a sanitizer that looks for leaks.
  package let hasSanitizer: Bool
  /// Whether its file gives it another user's rights.
  package let isSetID: Bool

  /// What manages a program's memory.
  package enum Runtime: Hashable, Sendable {
    /// malloc, as far as is known.
    case native
    /// malloc, called by Rust's standard library.
    case rust
    case java, python, go, node
  }

  /// What is seen of an executable's file.
  package struct File: Sendable {
    /// The file's first bytes, in which linkers leave notes.
    package let beginning: [UInt8]
    /// As in `ProgramFacts`.
    package var isStatic = false, hasSanitizer = false, isSetID = false
    /// Whether Rust's standard library is in it.
    package var isRust = false

    /// A file of which only that is known.
    package init(beginning: [UInt8]) { self.beginning = beginning }
  }
}

extension ProgramFacts {
  /// Tells the runtime by the executable's name, the names of files mapped, and the executable.
  ///
  /// Go's linker writes a note of its own there (`.note.go.buildid`: type 4, name `Go`).
  package init(
    executable: String?, arguments: [String]?, mapped: Set<String>, file: File
  ) {
    isDeleted = executable?.hasSuffix(Self.deleted) == true
    self.executable = isDeleted ? nil : executable
    self.arguments = arguments
    isStatic = file.isStatic
    hasSanitizer = file.hasSanitizer
    isSetID = file.isSetID
    let name = executable?.split(separator: "/").last.map(String.init) ?? ""
    runtime =
      if name == "java" || mapped.contains("libjvm.so") {
        .java
      } else if name.hasPrefix("python") || mapped.contains(where: { $0.hasPrefix("libpython") }) {
        .python
      } else if name == "node" || name == "nodejs" {
        .node
      } else if Self.hasGoNote(file.beginning.span) {
        .go
      } else {
        file.isRust ? .rust : .native
      }
  }

  /// What the kernel writes behind the path (`fs/d_path.c`).
  private static let deleted = " (deleted)"

  private static let goNote: [UInt8] = [4, 0, 0, 0, 0x47, 0x6F, 0, 0]

  private static func hasGoNote(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= goNote.count else { return false }
    return (0...(bytes.count - goNote.count)).contains { start in
      goNote.indices.allSatisfy { bytes[start + $0] == goNote[$0] }
    }
  }
}
