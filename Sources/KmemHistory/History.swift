internal import CSQLite
internal import Glibc

/// A file of recorded series.
package final class History {
  let database: Database
  /// Where the file lies.
  package var path: String { database.path }
  /// What was done to open the file, as a sentence: a damaged one was set aside.
  package private(set) var warning: String?

  /// Files up to this size are checked whole before they're written to; larger ones take too long.
  private static let checkedBytes: Int64 = 256 << 20

  init(_ database: Database, warning: String? = nil) {
    self.database = database
    self.warning = warning
  }

  /// Opens a history to record into, creating it; a damaged one is set aside first.
  ///
  /// - Throws: `HistoryError`: `.cannotOpen` if the file can't be made or opened, `.foreign` if it
  ///   is no history, `.newer` if a later version wrote it, `.damaged` if it can't be set aside,
  ///   `.busy` or `.full` if it can't be written now.
  package static func writing(_ path: String) throws(HistoryError) -> History {
    do {
      return History(try prepared(path))
    } catch let error where error.kind == .damaged && looksLikeDatabase(path) {
      return try replacing(path, error)
    } catch let error where error.kind == .damaged {
      // A file of notes that was named by mistake must not be moved.
      throw HistoryError(kind: .foreign, path: path, reason: error.reason)
    }
  }

  /// Opens a history to read.
  ///
  /// - Throws: `HistoryError`: `.cannotOpen` if the file isn't there, may not be read or holds
  ///   nothing, `.foreign` if it is no history, `.newer` if a later version wrote it, `.damaged` or
  ///   `.busy` if it can't be read now.
  package static func reading(_ path: String) throws(HistoryError) -> History {
    // Without a log beside the file nobody writes it, and reading it needs no files beside it
    // either.
    guard exists("\(path)-wal") else { return History(try opened(path, isWritten: false)) }
    do {
      return History(try opened(path, isWritten: true))
    } catch let error where error.isFolderClosed {
      // The index of the log can't be made in this folder. So nobody writes the file, and what is
      // in the log can't be read.
      guard isEmpty("\(path)-wal") else {
        throw HistoryError(
          kind: .cannotOpen, path: path,
          reason: "its latest samples lie in \(path)-wal, which can't be read in that folder; "
            + "copy both files to one of yours, or read it as their owner")
      }
      return History(try opened(path, isWritten: false))
    }
  }

  /// Whether the file is a database, as every history is; what can't be read isn't known to be
  /// anything else.
  package static func isLikely(_ path: String) -> Bool {
    !isFolder(path) && (looksLikeDatabase(path) || !exists(path))
  }

  /// Whether there is a file that begins as databases do.
  package static func isDatabase(_ path: String) -> Bool {
    !isFolder(path) && looksLikeDatabase(path)
  }

  private static func opened(_ path: String, isWritten: Bool) throws(HistoryError) -> Database {
    try refuseAllButFiles(path)
    let uri = "file:\(escaped(path))?immutable=1"
    let database = try Database(
      path, flags: SQLITE_OPEN_READONLY | (isWritten ? 0 : SQLITE_OPEN_URI),
      name: isWritten ? nil : uri)
    guard try Schema.isHistory(database) else {
      throw HistoryError(kind: .cannotOpen, path: path, reason: "nothing is recorded in it")
    }
    if try Schema.isFirstFormat(database) { try FirstFormat.coverSeries(database) }
    return database
  }

  /// A database that is a history, whole, of the current format, and writable by several processes.
  ///
  /// Where several processes begin a file at the same time, SQLite refuses to change the journal's
  /// mode without waiting for the others: then it is tried again for as long as any other statement
  /// waits.
  private static func prepared(_ path: String) throws(HistoryError) -> Database {
    let end = ContinuousClock.now + .milliseconds(Int(Database.patience))
    while true {
      do {
        return try preparedOnce(path)
      } catch let error where error.kind == .busy && ContinuousClock.now < end {
        usleep(20_000)
      }
    }
  }

  private static func preparedOnce(_ path: String) throws(HistoryError) -> Database {
    try refuseAllButFiles(path)
    // The file names processes and files: only its owner may read it and the files beside it.
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw HistoryError(
        kind: .cannotOpen, path: path, reason: unsafe String(cString: strerror(errno)))
    }
    close(file)
    let database = try Database(path, flags: SQLITE_OPEN_READWRITE)
    let isOld = try Schema.isHistory(database)
    if !isOld { try database.execute("PRAGMA auto_vacuum = INCREMENTAL") }
    try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    if isOld { try checkWhole(database) }
    try Schema.migrate(database)
    return database
  }

  static func checkWhole(_ database: Database) throws(HistoryError) {
    let pages = try database.number("PRAGMA page_count") ?? 0
    let size = try database.number("PRAGMA page_size") ?? 0
    guard pages.multipliedReportingOverflow(by: size).partialValue <= checkedBytes else { return }
    let answer = try database.text("PRAGMA quick_check(1)") ?? "no answer"
    guard answer != "ok" else { return }
    throw HistoryError(kind: .damaged, path: database.path, reason: answer)
  }

  /// Whether a file begins as SQLite's do, or with the zeros that a crash leaves.
  ///
  /// Of a pipe nothing is read: whoever reads it next would miss its beginning.
  private static func looksLikeDatabase(_ path: String) -> Bool {
    guard kind(path) == S_IFREG else { return false }
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { close(file) }
    var start = [UInt8](repeating: 1, count: 16)
    guard unsafe read(file, &start, start.count) == start.count else { return false }
    return start == Array("SQLite format 3\0".utf8) || start.allSatisfy { $0 == 0 }
  }

  /// SQLite waits for ever at a pipe.
  private static func refuseAllButFiles(_ path: String) throws(HistoryError) {
    guard let kind = kind(path), kind != S_IFREG else { return }
    let reason = kind == S_IFDIR ? "it's a folder" : "it's a device or a pipe"
    throw HistoryError(kind: .cannotOpen, path: path, reason: reason)
  }

  private static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

  private static func kind(_ path: String) -> mode_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private static func isEmpty(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) != 0 || status.st_size == 0
  }

  private static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  private static func escaped(_ path: String) -> String {
    path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
  }
}

extension History {
  /// Renames a damaged file and those beside it, and begins a new one.
  ///
  /// Only one process at a time does so: a second one that found the same damage finds the new file
  /// then.
  private static func replacing(_ path: String, _ damage: HistoryError) throws(HistoryError)
    -> History
  {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let lock = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    if lock >= 0 { _ = flock(lock, LOCK_EX) }
    do {
      return History(try prepared(path))
    } catch let error where error.kind == .damaged {
      let aside = try setAside(path)
      return History(
        try prepared(path),
        warning: "The history \(path) was damaged (\(damage.reason)). It was set aside as \(aside),"
          + " and a new one was begun.")
    }
  }

  private static func setAside(_ path: String) throws(HistoryError) -> String {
    let free = (1...999).lazy.map { "\(path).damaged-\($0)" }
      .first { !exists($0) }
    guard let aside = free, unsafe rename(path, aside) == 0 else {
      throw HistoryError(
        kind: .damaged, path: path, reason: "and can't be renamed; move it away yourself")
    }
    // The log belongs to the damaged file; its index is made anew from it.
    _ = unsafe rename("\(path)-wal", "\(aside)-wal")
    _ = unsafe unlink("\(path)-shm")
    return aside
  }
}
