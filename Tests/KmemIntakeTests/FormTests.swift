import KmemIntake
import KmemParsers
import KmemTestSupport
import Testing

/// A text in a form, as the mender leaves it.
private struct Mended {
  let text: [UInt8]
  let remarks: [Remark]

  init(_ bytes: [UInt8]) {
    let mended = TextMender.mended(bytes)
    text = mended?.text ?? bytes
    remarks = mended?.remarks ?? []
  }

  /// The same, read in pieces of so many bytes.
  init(_ bytes: [UInt8], pieces: Int) {
    var mender = TextMender()
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: pieces) {
      let piece = Array(bytes[start..<min(bytes.count, start + pieces)])
      mender.read(piece.span) { span in for index in span.indices { text.append(span[index]) } }
    }
    mender.finish { span in for index in span.indices { text.append(span[index]) } }
    self.text = text
    remarks = mender.remarks
  }
}

/// All that a report says of its objects, besides their lines.
private func objects(_ text: [UInt8]) -> [String] {
  var objects: [String] = []
  func take(_ record: KmemleakRecord, _ tables: KmemleakTables) {
    let stack = tables.stack(record.stack).map(\.text)
    let comm = record.comm.map { tables.comm($0) } ?? "?"
    objects.append(
      "\(record.address) \(record.size) \(comm) \(record.pid ?? 0) \(record.jiffies ?? 0)"
        + " \(record.age ?? 0) \(record.dump.bytes) \(stack)")
  }
  var reader = KmemleakReader()
  reader.read(text.span) { take($0, $1) }
  reader.finish { take($0, $1) }
  return objects
}

private func entries(_ text: [UInt8]) throws -> [String: Meminfo.Entry] {
  let entries = try Meminfo(parsing: text.span).entries
  return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
}

@Suite("Forms in which texts are posted")
struct FormTests {
  @Test("A meminfo reads in every form as the plain one does", arguments: MeminfoForms.all)
  func meminfo(_ form: Form) throws {
    let mended = Mended(form.make(Specimens.meminfo))
    #expect(try entries(mended.text) == entries(Array(Specimens.meminfo.utf8)))
  }

  @Test("A kmemleak report reads in every form as the plain one does", arguments: LeakForms.all)
  func leaks(_ form: Form) {
    let mended = Mended(form.make(Specimens.leaks))
    #expect(objects(mended.text) == objects(Array(Specimens.leaks.utf8)))
  }

  @Test(
    "What was mended is remarked, and nothing where nothing was",
    arguments: MeminfoForms.all.map { ($0, Specimens.meminfo) }
      + LeakForms.all.map { ($0, Specimens.leaks) })
  func remarks(_ form: Form, _ text: String) {
    let mended = Mended(form.make(text))
    #expect(mended.remarks.isEmpty == form.isPlain)
    #expect(mended.remarks.count <= 6)
    if form.isPlain { #expect(mended.text == form.make(text)) }
  }

  @Test(
    "Wherever the pieces end, the text is mended the same",
    arguments: MeminfoForms.all.map { ($0, Specimens.meminfo) }
      + LeakForms.all.map { ($0, Specimens.leaks) })
  func pieces(_ form: Form, _ text: String) {
    let bytes = form.make(text)
    let whole = Mended(bytes)
    for count in [1, 7, 512] {
      let pieces = Mended(bytes, pieces: count)
      #expect(pieces.text == whole.text)
      #expect(pieces.remarks == whole.remarks)
    }
  }

  @Test("The row that a text points at is named", arguments: ["bold row", "strong row", "arrow"])
  func emphasis(_ name: String) throws {
    let form = try #require(MeminfoForms.all.first { $0.name == name })
    let mended = Mended(form.make(Specimens.meminfo))
    #expect(
      mended.remarks.contains { $0.line == 27 && $0.reason.contains("SUnreclaim:") })
  }
}
