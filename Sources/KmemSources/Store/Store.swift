internal import Glibc
package import KmemSnapshot
internal import SystemPackage

/// The captures that were taken without naming a file for them.
package struct Store: Sendable {
  /// Where captures are looked for; the first one is where new ones go.
  package let directories: [String]

  /// The store whose captures lie in those directories.
  package init(directories: [String]) { self.directories = directories }

  /// The directories of this user and of root, from the environment.
  ///
  /// Root's is `/var/lib/kmemcheck`, a user's `$XDG_STATE_HOME/kmemcheck` or
  /// `~/.local/state/kmemcheck`. Both are looked in; the user's own comes first.
  package init(environment: [String: String], isRoot: Bool) {
    let system = "/var/lib/kmemcheck"
    var own: String?
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      own = state + "/kmemcheck"
    } else if let home = environment["HOME"], home.hasPrefix("/") {
      own = home + "/.local/state/kmemcheck"
    }
    directories = isRoot ? [system] + [own].compactMap(\.self) : [own].compactMap(\.self) + [system]
  }

  /// The store of the user who runs this process.
  ///
  /// Root takes no capture from a home that is somebody else's, as `sudo -E` leaves it: `@last` would be
  /// what its owner put there.
  package static var current: Store {
    var environment: [String: String] = [:]
    for name in ["XDG_STATE_HOME", "HOME"] {
      guard let place = LiveFacts.environment(name) else { continue }
      let isRoots = unsafe access(place, F_OK) != 0 || LiveFacts.isRoots(place)
      environment[name] = !LiveFacts.isRoot || isRoots ? place : nil
    }
    return Store(environment: environment, isRoot: LiveFacts.isRoot)
  }

  /// All captures, the newest first; damaged files come last.
  package func list() -> [StoredCapture] {
    var checks = StoreChecks()
    defer { checks.save() }
    return list(&checks)
  }

  private func list(_ checks: inout StoreChecks) -> [StoredCapture] {
    let captures = directories.flatMap { Self.captures(in: $0, &checks) }
    // To ask a capture for its time copies its manifest, and a thousand are compared ten thousand times.
    let times = captures.map { $0.time ?? -.infinity }
    return captures.indices.sorted {
      times[$0] == times[$1] ? captures[$0].path > captures[$1].path : times[$0] > times[$1]
    }.map { captures[$0] }
  }

  /// All captures, each read to its end unless it was before: those that aren't whole say why.
  package func checked() -> [StoredCapture] {
    var checks = StoreChecks()
    defer { checks.save() }
    return list(&checks).map { checks.checked($0) }
  }

  /// The whole capture with the number, the newest being 1, of those taken before the moment in
  /// seconds since 1970; with it how many newer ones aren't whole.
  func newestWhole(_ number: Int, before moment: Double = .infinity)
    -> (capture: StoredCapture, passed: Int)?
  {
    var checks = StoreChecks()
    defer { checks.save() }
    var passed = 0
    var seen = 0
    for capture in list(&checks) where (capture.time ?? -.infinity) <= moment {
      guard checks.checked(capture).damage == nil else {
        passed += 1
        continue
      }
      seen += 1
      if seen == number { return (capture, passed) }
    }
    return nil
  }

  /// Writes the capture to the store under a name of its own and returns its path.
  ///
  /// - Throws: `SourceError` if the store can't be made or written.
  package func add(_ capture: Capture) throws -> String {
    guard let directory = directories.first else {
      throw SourceError(
        .cannotWrite, "there is no place for captures: HOME isn't set; name a file with -o")
    }
    try Self.make(directory)
    return try CaptureWriter(capture).write(toDirectory: directory)
  }

  /// The existing histories of `watch --record`, the user's own first.
  package var historyFiles: [String] {
    directories.map { "\($0)/watch.sqlite" }.filter { unsafe access($0, R_OK) == 0 }
  }

  /// The path of this user's history, in a directory that is made if need be.
  ///
  /// - Throws: `SourceError` if the store can't be made.
  package func makeHistoryFile() throws -> String {
    guard let directory = directories.first else {
      throw SourceError(
        .cannotWrite, "there is no place for a history: HOME isn't set; name a file with --history")
    }
    try Self.make(directory)
    return "\(directory)/watch.sqlite"
  }

  private static func captures(in directory: String, _ checks: inout StoreChecks)
    -> [StoredCapture]
  {
    let entries = (try? listDirectory(directory)) ?? []
    return entries.filter { !$0.name.hasPrefix(".") }.compactMap { entry in
      let path = "\(directory)/\(entry.name)"
      switch entry.kind {
      case .file where endings.contains { entry.name.hasSuffix($0) }:
        return checks.capture(path, in: directory)
      case .directory:
        return StoredCapture.Contents(ofFolder: path).map {
          StoredCapture(path: path, size: size(ofFolder: path), contents: $0)
        }
      default: return nil
      }
    }
  }

  /// How the names of captures end: kmemcheck's own, and kmemcheck-collect's with and without gzip.
  ///
  /// Where there is no tar, the latter leaves a folder.
  static let endings = [".tar.zst", ".tar.gz", ".tar"]

  private static func size(of path: String) -> Int {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The bytes of all files in the folder, as deep as a capture goes.
  private static func size(ofFolder path: String, depth: Int = 0) -> Int {
    guard depth < 12 else { return 0 }
    return ((try? listDirectory(path)) ?? []).reduce(0) { sum, entry in
      let inner = "\(path)/\(entry.name)"
      return sum
        + (entry.kind == .directory ? size(ofFolder: inner, depth: depth + 1) : size(of: inner))
    }
  }

  /// Makes the directory and those above it, for their owner only: captures hold secrets.
  private static func make(_ directory: String) throws {
    var path = ""
    for part in directory.split(separator: "/") {
      path += "/" + part
      guard unsafe mkdir(path, 0o700) != 0 else { continue }
      let error = Errno(rawValue: errno)
      guard DirectoryEntry.Kind(of: path + "/.") == .directory else {
        throw SourceError(
          .cannotWrite,
          "\(path) can't be made: \(error); name another place with -o")
      }
    }
  }
}
