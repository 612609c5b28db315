/// Why a history can't be used.
package struct HistoryError: Error, Hashable, Sendable {
  /// What is the matter, for a program to decide by.
  package let kind: Kind
  /// The file that can't be used.
  package let path: String
  /// SQLite's own message, or what was found in place of a history.
  package let reason: String

  /// What can be the matter with a history.
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
    /// It has a value, or takes a search, that no history of kmemcheck has.
    case tooLarge
    case failed
  }

  /// Whether the cause may be that the files beside the database can't be made.
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
    case .tooLarge:
      "The history \(path) is beyond what kmemcheck reads (\(reason)): a value of more than 1 MiB, or a search of "
        + "a minute. Name another file."
    case .failed: "The history \(path) failed: \(reason)."
    }
  }
}
