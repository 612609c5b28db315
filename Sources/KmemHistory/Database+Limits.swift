internal import CSQLite
internal import Glibc

/// What a file, which may be a stranger's, can make the program do.
extension Database {
  /// How long a statement waits for other processes, in milliseconds.
  static let patience: CInt = 10_000

  /// The same, once a signal asks the program to end.
  private static let lastPatience: CInt = 300

  /// The largest value, and the largest row, in bytes: names of processes and caches are far below.
  private static let valueBytes: CInt = 1 << 20

  /// Sets the limits on a new connection.
  ///
  /// A history has tables and indexes. Views, triggers and functions in the schema are a stranger's,
  /// and would run when the file is read (https://sqlite.org/security.html).
  static func limit(_ handle: OpaquePointer) {
    for option in [
      SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
    ] {
      _ = unsafe kmem_configure(handle, CInt(option), 0)
    }
    _ = unsafe kmem_configure(handle, CInt(SQLITE_DBCONFIG_DEFENSIVE), 1)
    _ = unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, valueBytes)
    _ = unsafe sqlite3_exec(
      handle, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0", nil, nil, nil)
    _ = unsafe sqlite3_busy_handler(handle, waitForOthers, nil)
  }

  /// Ends statements that search too long for their next row.
  func limitSearches(_ handle: OpaquePointer) {
    unsafe sqlite3_progress_handler(
      handle, SearchTime.instructions,
      { context in
        guard let context = unsafe context else { return 0 }
        let database = unsafe Unmanaged<Database>.fromOpaque(context).takeUnretainedValue()
        return database.search.isOver() ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// How long SQLite sleeps between two tries to get a lock, in milliseconds.
  fileprivate static let pause: CInt = 20

  /// Whether a signal that ends programs is pending, held back by the program.
  fileprivate static var isEnding: Bool {
    var pending = sigset_t()
    guard unsafe sigpending(&pending) == 0 else { return false }
    return [SIGINT, SIGTERM, SIGQUIT, SIGHUP].contains {
      unsafe sigismember(&pending, $0) == 1
    }
  }

  /// Whether to go on waiting for a lock after so many tries.
  fileprivate static func waits(after tries: CInt) -> Bool {
    let waited = tries * pause
    return waited < lastPatience || waited < patience && !isEnding
  }
}

/// How long a statement has searched for its next row.
struct SearchTime {
  /// The clock is asked after so many instructions of SQLite's machine, some ten milliseconds.
  static let instructions: CInt = 1_000_000

  /// To export five million rows took 22 seconds in all.
  private static let limit = Duration.seconds(60)

  private var start: ContinuousClock.Instant?

  /// Whether it has taken longer than any history needs.
  mutating func isOver() -> Bool {
    guard let start else {
      start = .now
      return false
    }
    return .now - start > Self.limit
  }
}

/// Sleeps a moment while another process holds the lock; 0 gives up.
private let waitForOthers: @convention(c) (UnsafeMutableRawPointer?, CInt) -> CInt = { _, tries in
  guard Database.waits(after: tries) else { return 0 }
  usleep(UInt32(Database.pause) * 1000)
  return 1
}
