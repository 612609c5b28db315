/// The captures in the store, and the histories.
package struct CaptureList {
  let entries: [CaptureEntry]
  let histories: [HistoryEntry]

  /// Makes a list, in the order given.
  package init(_ entries: [CaptureEntry], histories: [HistoryEntry] = []) {
    self.entries = entries
    self.histories = histories
  }

  /// Whether the store holds nothing.
  package var isEmpty: Bool { entries.isEmpty && histories.isEmpty }
}
