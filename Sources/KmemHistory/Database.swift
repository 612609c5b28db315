internal import CSQLite

/// A connection to a database file.
///
/// Every status of SQLite's is checked and becomes a `HistoryError` that says what can be done.
@safe final class Database {
  let path: String
  private let handle: OpaquePointer
  /// How long the statement that runs has searched for its next row.
  var search = SearchTime()

  init(_ path: String, flags: CInt, name: String? = nil) throws(HistoryError) {
    var handle: OpaquePointer?
    let status = unsafe sqlite3_open_v2(name ?? path, &handle, flags, nil)
    guard status == SQLITE_OK, let opened = unsafe handle else {
      let words = unsafe handle.map { unsafe String(cString: sqlite3_errmsg($0)) }
      unsafe sqlite3_close_v2(handle)
      throw Self.error(status, words ?? "out of memory", path)
    }
    self.path = path
    unsafe self.handle = unsafe opened
    _ = unsafe sqlite3_extended_result_codes(opened, 1)
    unsafe Self.limit(opened)
    // Writing needs long statements, to trim a large file.
    if flags & SQLITE_OPEN_READONLY != 0 { unsafe limitSearches(opened) }
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  func statement(_ sql: String) throws(HistoryError) -> Statement {
    var prepared: OpaquePointer?
    try check(unsafe sqlite3_prepare_v2(handle, sql, -1, &prepared, nil))
    guard let prepared = unsafe prepared else { throw error(SQLITE_MISUSE) }
    return unsafe Statement(prepared, of: self)
  }

  /// Runs statements that give no rows.
  func execute(_ sql: String) throws(HistoryError) {
    try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil))
  }

  /// The first column of the first row as a number.
  func number(_ sql: String) throws(HistoryError) -> Int64? {
    let statement = try statement(sql)
    return try statement.step() ? statement.number(0) : nil
  }

  /// The first column of the first row as text.
  func text(_ sql: String) throws(HistoryError) -> String? {
    let statement = try statement(sql)
    return try statement.step() ? statement.text(0) : nil
  }

  /// Runs all of the body, or nothing of it; other writers wait meanwhile.
  func transaction(_ body: () throws(HistoryError) -> Void) throws(HistoryError) {
    try execute("BEGIN IMMEDIATE")
    do {
      try body()
      try execute("COMMIT")
    } catch {
      try? execute("ROLLBACK")
      throw error
    }
  }

  func check(_ status: CInt) throws(HistoryError) {
    guard status != SQLITE_OK else { return }
    throw error(status)
  }

  func error(_ status: CInt) -> HistoryError {
    Self.error(status, unsafe String(cString: sqlite3_errmsg(handle)), path)
  }

  private static func error(_ status: CInt, _ words: String, _ path: String) -> HistoryError {
    // The low byte is the primary result code, the others say more about it.
    let kind: HistoryError.Kind =
      switch status & 0xFF {
      case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
      case SQLITE_BUSY, SQLITE_LOCKED: .busy
      case SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR: .full
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .cannotOpen
      case SQLITE_TOOBIG, SQLITE_INTERRUPT: .tooLarge
      default: .failed
      }
    return HistoryError(kind: kind, path: path, reason: words)
  }
}
