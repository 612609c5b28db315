/// The captures in the store, and the histories.
package struct CaptureList {
  let entries: [CaptureEntry]
  let histories: [HistoryEntry]

  package init(_ entries: [CaptureEntry], histories: [HistoryEntry] = []) {
    self.entries = entries
    self.histories = histories
  }

  package var isEmpty: Bool { entries.isEmpty && histories.isEmpty }
}
