/// Why a history can't be used.
package struct HistoryError: Error, Hashable, Sendable {
  package let kind: Kind
  package let path: String
  /// SQLite's words, or what was found instead.
  package let reason: String

  package enum Kind: Hashable, Sendable {
    /// It isn't there, or may not be opened.
    case cannotOpen
    /// It's another program's database, or no database at all.
    case foreign
    /// A newer kmemcheck wrote it.
    case newer
    /// Its bytes contradict each other.
    case damaged
    /// Another process held it too long.
    case busy
    /// The disk is full, or can't be written.
    case full
    case failed
  }

  /// Whether it can be that only the files beside the database can't be made.
  var isFolderClosed: Bool { kind == .cannotOpen || kind == .full }

  /// What happened, where, and what helps.
  package var sentence: String {
    switch kind {
    case .cannotOpen: "Can't open the history \(path): \(reason)."
    case .foreign:
      "\(path) is no history of kmemcheck (\(reason)). Name another file."
    case .newer:
      "The history \(path) was written by a newer kmemcheck (\(reason)). Use that version, or name another file."
    case .damaged: "The history \(path) is damaged: \(reason)."
    case .busy:
      "The history \(path) is locked by another process (\(reason)). Try again when it has finished."
    case .full:
      "Can't write the history \(path): \(reason). Make room, or name a file on another disk."
    case .failed: "The history \(path) failed: \(reason)."
    }
  }
}
