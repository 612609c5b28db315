internal import Glibc
internal import KmemParsers
package import KmemSnapshot
internal import Synchronization

/// Reads the control groups of the running machine, each file parsed as soon as it was read.
///
/// Two thousand groups have eight thousand files. To keep their texts, each under its path, took as
/// long as the kernel needs to print them, so that who wants no texts has none.
package final class LiveGroups: Sendable {
  /// The directory of one group, and the files that are wanted of it.
  private struct Directory: Sendable {
    let place: CgroupPlace
    let path: String
    var names: [String]

    /// Adds what another pattern wants of it.
    mutating func add(_ more: [String]) { names += more.filter { !names.contains($0) } }
  }

  private struct State {
    /// The first group that nobody took.
    var next = 0
    /// Who reads now: one that was left behind has nothing more to say.
    var reader = 0
    var groups: [Cgroup] = []
  }

  private let directories: [Directory]
  private let state = Mutex(State())
  /// How many groups may hang in the kernel before the others are given up.
  private static let readers = 8

  private init(_ directories: [Directory]) { self.directories = directories }

  /// The groups of which anything could be read, in no order.
  ///
  /// - Throws: `Errno` if nothing can be read at all, as without descriptors.
  package static func read() throws -> [Cgroup] {
    let groups = LiveGroups(directories())
    // Each goes on where the one before it was left behind.
    _ = try ReadingQueue.read(
      (1...readers).map { reader in
        ReadingJob(
          path: CgroupFiles.root, deadline: Deadline.of(.cheap), isPatient: true
        ) { progress in
          groups.read(as: reader, progress)
          return SourceReading(outcome: .read)
        }
      })
    return groups.state.withLock {
      // A late one finds that it has been left behind.
      $0.reader = .max
      return $0.groups
    }
  }

  /// The directories that the catalog's patterns name, each once.
  private static func directories() -> [Directory] {
    var expansion = PatternExpansion(root: "/")
    let isVersion1 =
      DirectoryEntry.Kind(of: "/\(CgroupFiles.root)/memory/memory.usage_in_bytes") == .file
    var found: [Directory] = []
    var positions: [String: Int] = [:]
    for (pattern, names) in patterns {
      for path in expansion.directories(of: pattern) {
        if let position = positions[path] {
          found[position].add(names)
        } else {
          positions[path] = found.count
          let below = path.dropFirst(CgroupFiles.root.count + 1)
          let place = CgroupPlace(below, isVersion1: isVersion1)
          found.append(Directory(place: place, path: path, names: names))
        }
      }
    }
    return found
  }

  /// The directories of the catalog's files of groups as patterns, with the names of those files.
  private static var patterns: [(directory: String, names: [String])] {
    var patterns: [(directory: String, names: [String])] = []
    for spec in SourceCatalog.groups.specs {
      let path = spec.pattern.text
      guard path.hasPrefix(CgroupFiles.root), let slash = path.lastIndex(of: "/") else { continue }
      let name = String(path[path.index(after: slash)...])
      let directory = String(path[..<slash])
      if patterns.last?.directory == directory {
        patterns[patterns.count - 1].names.append(name)
      } else {
        patterns.append((directory, [name]))
      }
    }
    return patterns
  }
}

extension LiveGroups {
  /// Reads group after group until none is left or this reader was left behind.
  private func read(as reader: Int, _ progress: () -> Void) {
    state.withLock { $0.reader = max($0.reader, reader) }
    var texts = GroupTexts()
    // What another group's `memory.stat` told.
    var last: MemoryStat?
    while let directory = take(reader) {
      texts.enter(directory.path)
      var group = Cgroup(directory.place)
      var isThere = false
      for name in directory.names {
        if let count = texts.read(name) {
          group.take(name, texts.room.span.extracting(0..<count), like: &last)
          isThere = true
        }
      }
      progress()
      group.complete()
      state.withLock { state in
        if state.reader == reader, isThere { state.groups.append(group) }
      }
    }
  }

  private func take(_ reader: Int) -> Directory? {
    state.withLock { state in
      guard state.reader == reader, state.next < directories.count else { return nil }
      state.next += 1
      return directories[state.next - 1]
    }
  }
}

/// Reads the files of groups into one room.
///
/// A group's files are opened below its parent's descriptor: to walk through six directories to each
/// was a quarter of the whole time.
private struct GroupTexts: ~Copyable {
  /// The directory that the group was listed in.
  private var parent = ""
  private var descriptor: CInt = -1
  /// The name of the group's directory there.
  private var directory = ""
  private(set) var room = [UInt8](repeating: 0, count: 1 << 14)

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Goes to a group's directory.
  mutating func enter(_ path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) ?? path.startIndex
    directory = String(path[path.utf8.index(after: slash)...])
    guard path[..<slash] != parent else { return }
    if descriptor >= 0 { close(descriptor) }
    parent = String(path[..<slash])
    descriptor = unsafe open("/\(parent)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  }

  /// How many bytes the group's file has, which are in the room then; nothing if it can't be read.
  mutating func read(_ name: String) -> Int? {
    let path = PatternExpansion.join(directory, name)
    let file = unsafe openat(descriptor, path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var filled = 0
    while filled < 4 << 20 {
      if filled == room.count { room += [UInt8](repeating: 0, count: room.count) }
      let count = unsafe room.withUnsafeMutableBytes { room in
        let free = unsafe UnsafeMutableRawBufferPointer(rebasing: room[filled...])
        return unsafe Glibc.read(file, free.baseAddress, free.count)
      }
      guard count >= 0 || errno == EINTR else { return nil }
      filled += max(count, 0)
      // The kernel prints such a file as one record of `seq_file`, which is handed over as far as
      // there is room: another read for its end would be a tenth of the time.
      if count >= 0, filled < room.count { return filled }
    }
    return nil
  }
}
