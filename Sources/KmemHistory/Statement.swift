internal import CSQLite

/// A prepared statement, which can be run again with other values.
@safe final class Statement {
  private let handle: OpaquePointer
  /// The database, which must live as long as its statement.
  private let database: Database

  init(_ handle: OpaquePointer, of database: Database) {
    unsafe self.handle = unsafe handle
    self.database = database
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Starts anew with these values in place of the question marks.
  func bind(_ values: [Value]) throws(HistoryError) {
    _ = unsafe sqlite3_reset(handle)
    for (index, value) in values.enumerated() {
      let place = CInt(index + 1)
      switch value {
      case .number(let number):
        try database.check(unsafe sqlite3_bind_int64(handle, place, number))
      case .text(let text): try database.check(unsafe kmem_bind_text(handle, place, text))
      case .null: try database.check(unsafe sqlite3_bind_null(handle, place))
      }
    }
  }

  enum Value {
    case number(Int64)
    case text(String)
    case null

    init(_ number: Int64?) { self = number.map(Value.number) ?? .null }
    init(_ text: String?) { self = text.map(Value.text) ?? .null }
  }

  /// Goes to the next row; false when there is none.
  func step() throws(HistoryError) -> Bool {
    database.search = SearchTime()
    let status = unsafe sqlite3_step(handle)
    if status == SQLITE_ROW { return true }
    // A statement that has ended must not hold its lock until it's used again.
    defer { _ = unsafe sqlite3_reset(handle) }
    guard status == SQLITE_DONE else { throw database.error(status) }
    return false
  }

  /// Runs a statement that gives no rows with these values.
  func run(_ values: [Value]) throws(HistoryError) {
    try bind(values)
    while try step() {}
  }

  func number(_ column: CInt) -> Int64? {
    guard unsafe sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
    return unsafe sqlite3_column_int64(handle, column)
  }

  func text(_ column: CInt) -> String? {
    guard let text = unsafe sqlite3_column_text(handle, column) else { return nil }
    return unsafe String(cString: text)
  }
}
