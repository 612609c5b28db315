/// The tables of a history, and how an older file becomes a newer one.
///
/// - `run`: one recorder from its start to its end, on one boot of one machine.
/// - `series`: what is measured, once for all runs.
/// - `member`: in which group of a run a series is sampled; groups have intervals of their own. Of a slab cache
///   also whether that kernel counts it as reclaimable (0 or 1), where it's known.
/// - `tick`: a moment at which all series of a group were sampled.
/// - `value`: a value that differs from the one before it; NULL where it went missing. A series has at
///   a tick the value of its latest row up to then.
///
/// Times are nanoseconds since boot with suspended time in it; `wall` is seconds since 1970 UTC.
enum Schema {
  /// "kmck", by which `file` and other programs know the format.
  static let application: Int64 = 0x6B6D_636B

  /// Each step brings the format one version up; a step that was released is never changed.
  static let migrations = [
    """
    CREATE TABLE run(
      id INTEGER PRIMARY KEY, boot TEXT NOT NULL, machine TEXT, host TEXT, release TEXT,
      wall INTEGER NOT NULL);
    CREATE TABLE series(
      id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
      holder TEXT NOT NULL, UNIQUE(kind, name));
    CREATE TABLE member(
      run INTEGER NOT NULL REFERENCES run(id), series INTEGER NOT NULL REFERENCES series(id),
      part TEXT NOT NULL, PRIMARY KEY(run, series)) WITHOUT ROWID;
    CREATE TABLE tick(
      run INTEGER NOT NULL REFERENCES run(id), part TEXT NOT NULL, time INTEGER NOT NULL,
      wall INTEGER NOT NULL, PRIMARY KEY(run, part, time)) WITHOUT ROWID;
    CREATE TABLE value(
      run INTEGER NOT NULL REFERENCES run(id), series INTEGER NOT NULL REFERENCES series(id),
      time INTEGER NOT NULL, value INTEGER, PRIMARY KEY(run, series, time)) WITHOUT ROWID;
    """,
    // Series by kind and key, and what each run's kernel says of a slab cache; no judgement is
    // kept. `FirstFormat` fills these tables from the series of the first format, which are dropped
    // then.
    """
    CREATE TABLE second_series(
      id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, UNIQUE(kind, key));
    ALTER TABLE member ADD COLUMN reclaimable INTEGER;
    """,
  ]

  static var version: Int64 { Int64(migrations.count) }

  /// Whether the file is a history, which is found out without changing it; false where it's empty.
  static func isHistory(_ database: Database) throws(HistoryError) -> Bool {
    // This is asked first, as another process may create the tables meanwhile, and these numbers
    // with them.
    guard try database.number("SELECT count(*) FROM sqlite_master") ?? 0 > 0 else { return false }
    let application = try database.number("PRAGMA application_id") ?? 0
    let version = try database.number("PRAGMA user_version") ?? 0
    guard application == Self.application else {
      throw HistoryError(
        kind: .foreign, path: database.path, reason: "application id \(application)")
    }
    guard version <= Self.version else {
      throw HistoryError(
        kind: .newer, path: database.path,
        reason: "its format is \(version), this one knows up to \(Self.version)")
    }
    return true
  }

  /// Whether series have names and holders, as they had before keys came.
  static func isFirstFormat(_ database: Database) throws(HistoryError) -> Bool {
    try database.number("PRAGMA user_version") == 1
  }

  /// Creates what is missing, each step with its version in one transaction.
  static func migrate(_ database: Database) throws(HistoryError) {
    try database.transaction { () throws(HistoryError) in
      // The version is read inside the transaction: another process may have migrated the file in
      // between.
      let version = try database.number("PRAGMA user_version") ?? 0
      guard version < Self.version, version >= 0 else { return }
      for migration in migrations[Int(version)...] { try database.execute(migration) }
      if version < 2 { try FirstFormat.moveSeries(database) }
      try database.execute("PRAGMA application_id = \(application)")
      try database.execute("PRAGMA user_version = \(Self.version)")
    }
  }
}
