internal import KmemParsers
internal import KmemSnapshot

/// What a running process is, and what its descriptors are, at little cost; each part may be unknown.
package struct LiveProgram: Sendable {
  private let directory: String

  /// The process of that id.
  package init(_ pid: Int) { directory = "/proc/\(pid)" }

  /// The executable's path, with ` (deleted)` behind it where the kernel says so.
  package var executable: String? { linkTarget("\(directory)/exe") }

  /// The arguments behind the program's own name; nil where they may not be read.
  package var arguments: [String]? {
    let reading = readFile("\(directory)/cmdline", limit: 1 << 16)
    guard reading.outcome == .read, !reading.bytes.isEmpty else { return nil }
    let bytes = reading.bytes
    return Array(ProcCmdline(parsing: bytes.span).arguments.dropFirst())
  }

  /// The folder that it runs in, where an argument is a file's path that begins there; nil where none is,
  /// or where kmemcheck runs in the same folder.
  package var folderOfArguments: String? {
    guard let folder = linkTarget("\(directory)/cwd"), folder != linkTarget("/proc/self/cwd"),
      let arguments
    else { return nil }
    let isNamed = arguments.contains { argument in
      guard let first = argument.first, first != "/", first != "-" else { return false }
      return DirectoryEntry.Kind.exists("\(directory)/cwd/\(argument)")
    }
    return isNamed ? folder : nil
  }

  /// The names of the files that are mapped, without their folders.
  package var mapped: Set<String> {
    let bytes = readFile("\(directory)/maps", limit: 4 << 20).bytes
    var names: Set<String> = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let slash = line.lastIndex(of: UInt8(ascii: "/")) else { continue }
      names.insert(String(decoding: line[(slash + 1)...], as: UTF8.self))
    }
    return names
  }

  /// The executable's file, also where it has lost its name; nil where it may not be read.
  package var file: ProgramFile? { try? ProgramFile(named: "\(directory)/exe") }

  /// The first 32 KiB of the executable, in which linkers leave their notes.
  package var beginning: [UInt8] { readFile("\(directory)/exe", limit: 32 << 10).bytes }

  /// What descriptors point to, of at most 64 places in the upper half of so many: those are the newest.
  ///
  /// Before 6.2 each place that is looked at makes the kernel keep an inode, as long as the process
  /// lives: 64 KiB in all.
  package func descriptors(of count: Int64) -> [String] {
    let (half, places) = (count / 2, min(64, max(1, count / 2)))
    return (0..<places).compactMap { place in
      linkTarget("\(directory)/fd/\(half + place * max(1, half) / places)")
    }
  }
}
