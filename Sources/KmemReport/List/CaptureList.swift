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

/// The captures in the store as text and as JSON, `kmemcheck.list/1`.
package struct CaptureList {
  let entries: [CaptureEntry]

  package init(_ entries: [CaptureEntry]) { self.entries = entries }

  package func text(_ style: Style) -> String {
    var page = Page(style)
    // Kernel and boot are what a narrow terminal can do without; JSON has them all.
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
    return page.text
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

  package var json: JSONValue {
    .object([
      "schema": .string("kmemcheck.list/1"),
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
