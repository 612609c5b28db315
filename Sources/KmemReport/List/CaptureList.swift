import KmemAnalysis

/// A capture in the store, as a list shows it.
package struct CaptureEntry {
  let reference: String
  let path: String
  let bytes: Int64
  let time: Double?
  let label: String?
  let hostname: String?
  let release: String?
  let bootID: String?
  let damage: String?

  /// Describes a capture; `time` is in seconds since 1970 UTC, `damage` says why it can't be read.
  package init(
    reference: String, path: String, bytes: Int64, time: Double?, label: String?,
    hostname: String?, release: String?, bootID: String?, damage: String?
  ) {
    self.reference = reference
    self.path = path
    self.bytes = bytes
    self.time = time
    self.label = label
    self.hostname = hostname
    self.release = release
    self.bootID = bootID
    self.damage = damage
  }
}

/// What a recorder kept of one boot, as a list shows it.
package struct HistoryEntry {
  let path: String
  let hostname: String?
  let release: String?
  let bootID: String
  /// Seconds since 1970 UTC of the first and the last round.
  let first: Int64
  let last: Int64
  let rounds: Int64
  let series: Int64

  /// Describes a boot; `first` and `last` are in seconds since 1970 UTC.
  package init(
    path: String, hostname: String?, release: String?, bootID: String, first: Int64, last: Int64,
    rounds: Int64, series: Int64
  ) {
    self.path = path
    self.hostname = hostname
    self.release = release
    self.bootID = bootID
    self.first = first
    self.last = last
    self.rounds = rounds
    self.series = series
  }
}

/// The captures in the store, and the histories, as text and as JSON, `kmemcheck.list/1`.
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

  /// The list as tables; empty if the store holds nothing.
  package func text(_ style: Style) -> String {
    guard !isEmpty else { return "" }
    var page = Page(style)
    if !entries.isEmpty { addCaptures(to: &page, style) }
    if !histories.isEmpty { addHistories(to: &page, style) }
    return page.text
  }

  private func addHistories(to page: inout Page, _ style: Style) {
    page.heading("Recorded", note: "by kmemcheck watch --record; judge it again with --replay")
    let isNarrow = style.width.map { $0 < 110 } ?? false
    var table = Table(
      [.text("from (UTC)"), .text("for"), .text("host", shrinks: true)]
        + (isNarrow ? [] : [.text("kernel", shrinks: true), .text("boot")])
        + [.number("samples"), .number("series"), .text("file", shrinks: true)], indent: 0)
    for entry in histories {
      let kernel = [
        Table.Cell(entry.release ?? ""), Table.Cell(String(entry.bootID.prefix(8))),
      ]
      table.add(
        [
          Table.Cell(String(Dates.words(Double(entry.first)).dropLast(4))),
          Table.Cell(Amount.duration(Double(entry.last.minus(entry.first)))),
          Table.Cell(entry.hostname ?? ""),
        ] + (isNarrow ? [] : kernel) + [
          Table.Cell(Amount.count(entry.rounds)), Table.Cell(Amount.count(entry.series)),
          Table.Cell(entry.path),
        ])
    }
    page.add(table)
  }

  private func addCaptures(to page: inout Page, _ style: Style) {
    // A narrow terminal has no room for kernel and boot; JSON has them in any case.
    let isNarrow = style.width.map { $0 < 110 } ?? false
    var table = Table(
      [
        .text(""), .text("taken (UTC)"), .text("label", shrinks: true),
        .text("host", shrinks: true),
      ] + (isNarrow ? [] : [.text("kernel", shrinks: true), .text("boot")]) + [
        .number("size"), .text("file", shrinks: true),
      ], indent: 0)
    for entry in entries { table.add(row(entry, isNarrow: isNarrow)) }
    page.add(table)
  }

  private func row(_ entry: CaptureEntry, isNarrow: Bool) -> [Table.Cell] {
    let taken = entry.time.map { String(Dates.words($0).dropLast(4)) } ?? "damaged"
    let kernel = [
      Table.Cell(entry.release ?? ""), Table.Cell(String((entry.bootID ?? "").prefix(8))),
    ]
    return [
      Table.Cell(entry.reference), Table.Cell(taken, entry.damage == nil ? .none : .warning),
      Table.Cell(entry.label ?? ""), Table.Cell(entry.hostname ?? ""),
    ] + (isNarrow ? [] : kernel) + [
      Table.Cell(Amount.short(entry.bytes)),
      Table.Cell(entry.damage.map { "\(entry.path): \($0)" } ?? entry.path),
    ]
  }

  /// The list as a JSON document.
  package var json: JSONValue {
    .object([
      "schema": .string("kmemcheck.list/1"),
      "histories": .array(
        histories.map { entry in
          .object([
            "path": .string(entry.path), "hostname": JSONValue(entry.hostname),
            "release": JSONValue(entry.release), "bootID": .string(entry.bootID),
            "start": JSONValue(Dates.iso(Double(entry.first))),
            "end": JSONValue(Dates.iso(Double(entry.last))), "rounds": .int(entry.rounds),
            "series": .int(entry.series),
          ])
        }),
      "captures": .array(
        entries.map { entry in
          .object([
            "reference": entry.damage == nil ? .string(entry.reference) : .null,
            "path": .string(entry.path), "bytes": .int(entry.bytes),
            "time": JSONValue(entry.time.flatMap(Dates.iso)), "label": JSONValue(entry.label),
            "hostname": JSONValue(entry.hostname), "release": JSONValue(entry.release),
            "bootID": JSONValue(entry.bootID), "damage": JSONValue(entry.damage),
          ])
        }),
    ])
  }
}
