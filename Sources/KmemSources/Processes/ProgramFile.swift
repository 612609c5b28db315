internal import Glibc
internal import KmemSnapshot
package import SystemPackage

/// A program that a user names, as its file tells what tools can do with it.
package struct ProgramFile: Sendable {
  /// What the kernel does with the file.
  package enum Kind: Sendable {
    /// Loads it together with the libraries that it names.
    case dynamic
    /// Loads it alone: nothing can be put before its own malloc.
    case isolated
    /// Runs it through an interpreter.
    case script
    /// Nothing, or nothing that is known.
    case other
  }

  /// Where the file is.
  package let path: String
  /// What the kernel does with it.
  package let kind: Kind
  /// Whether the file gives whoever runs it the rights of its owner or group.
  package let isSetID: Bool

  /// Finds a program as a shell does: by its path, or in the folders of `PATH`.
  ///
  /// - Throws: `Errno` where there is none, or it can't be run.
  package init(named name: String) throws(Errno) {
    path = try Self.path(of: name)
    var status = stat()
    isSetID = unsafe stat(path, &status) == 0 && status.st_mode & (S_ISUID | S_ISGID) != 0
    kind = Self.kind(readFile(path, limit: Self.beginning).bytes)
  }

  /// Whether a program of that name can be found and run.
  package static func exists(_ name: String) -> Bool { (try? path(of: name)) != nil }

  /// What strings in a program tell of how it was built.
  package enum Mark: Sendable {
    /// A sanitizer that looks for leaks: its runtime is in it, or it names the runtime's library.
    case leakSanitizer
    /// Rust's standard library.
    case rust
  }

  private static let strings: [(String, Mark)] = [
    ("libasan.so", .leakSanitizer), ("liblsan.so", .leakSanitizer),
    ("libhwasan.so", .leakSanitizer), ("libclang_rt.", .leakSanitizer),
    ("LSAN_OPTIONS", .leakSanitizer), ("RUST_BACKTRACE", .rust),
  ]

  /// What the strings in the file tell; the whole file is read, piece by piece.
  package var marks: Set<Mark> {
    let needles = Self.strings.map { (Array($0.0.utf8), $0.1) }
    var found: Set<Mark> = []
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec)
    else { return found }
    defer { try? file.close() }
    var room = [UInt8](repeating: 0, count: 1 << 20)
    // A string may lie across two pieces: the end of one stands before the next.
    var kept = 0
    while let count = Self.read(file, into: &room, from: kept), count > 0 {
      let end = kept + count
      for (needle, mark) in needles
      where !found.contains(mark) && room.span.extracting(0..<end).contains(needle) {
        found.insert(mark)
      }
      let tail = Array(room[max(0, end - 32)..<end])
      room.replaceSubrange(0..<tail.count, with: tail)
      kept = tail.count
    }
    return found
  }

  private static func read(_ file: FileDescriptor, into room: inout [UInt8], from start: Int)
    -> Int?
  {
    unsafe try? room.withUnsafeMutableBytes {
      unsafe try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[start...]))
    }
  }

  private static let beginning = 4096

  private static func path(of name: String) throws(Errno) -> String {
    guard !name.contains("/") else {
      if let error = refusal(name) { throw error }
      return name
    }
    let folders = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    var reason = Errno.noSuchFileOrDirectory
    for folder in folders.split(separator: ":") {
      let path = "\(folder)/\(name)"
      guard let error = refusal(path) else { return path }
      if error != .noSuchFileOrDirectory { reason = error }
    }
    throw reason
  }

  private static func refusal(_ path: String) -> Errno? {
    var status = stat()
    let isFolder = unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    if isFolder { return .permissionDenied }
    return unsafe access(path, X_OK) == 0 ? nil : Errno(rawValue: errno)
  }

  /// An ELF file with a program header `PT_INTERP` (3) names the loader of its libraries (`elf.h`).
  private static func kind(_ bytes: [UInt8]) -> Kind {
    if bytes.starts(with: [0x23, 0x21]) { return .script }
    guard bytes.count >= 64, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) else { return .other }
    let (isWide, isLittle) = (bytes[4] == 2, bytes[5] == 1)
    func number(_ offset: Int, _ count: Int) -> Int {
      guard offset >= 0, offset + count <= bytes.count else { return 0 }
      let part = bytes[offset..<(offset + count)]
      let ordered = isLittle ? Array(part.reversed()) : Array(part)
      return ordered.reduce(0) { $0 << 8 | Int($1) }
    }
    let start = number(isWide ? 32 : 28, 4)
    let (size, count) = (number(isWide ? 54 : 42, 2), number(isWide ? 56 : 44, 2))
    let isDynamic = (0..<count).contains { number(start + $0 * size, 4) == 3 }
    return isDynamic ? .dynamic : .isolated
  }
}
