import Testing

@testable import KmemParsers

@Suite struct ElfNotesTests {
  private func buildID(_ bytes: [UInt8]) -> String? { ElfNotes(parsing: bytes.span).buildID }

  private static let note: [UInt8] =
    [4, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0] + Array("GNU\0".utf8) + [0xAB, 0x01, 0xFF, 0]

  @Test func `the build id is found behind other notes`() {
    let xen: [UInt8] =
      [4, 0, 0, 0, 5, 0, 0, 0, 6, 0, 0, 0] + Array("Xen\0".utf8) + Array("linux".utf8)
    #expect(buildID(xen + [0, 0, 0] + Self.note) == "ab01ff")
    #expect(buildID(Self.note) == "ab01ff")
  }

  @Test func `notes of a big-endian machine are read too`() {
    let note: [UInt8] =
      [0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3] + Array("GNU\0".utf8) + [0x12, 0x34]
    #expect(buildID(note) == "1234")
  }

  @Test func `notes cut at any byte and lengths out of all bounds are no build id`() {
    for count in 0..<(Self.note.count - 1) { #expect(buildID(Array(Self.note[..<count])) == nil) }
    #expect(buildID([UInt8](repeating: 0xFF, count: 64)) == nil)
    #expect(buildID([4, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 3, 0, 0, 0] + Array("GNU\0".utf8)) == nil)
    #expect(buildID([UInt8](repeating: 0, count: 60)) == nil)
  }
}

@Suite struct ModuleRecordTests {
  private func record(_ text: String) -> ModuleRecord {
    let bytes = Array(text.utf8)
    return ModuleRecord(parsing: bytes.span)
  }

  @Test func `a record reads back as it was written`() {
    let line = ModuleRecord.Line(
      seen: 1.5...20.25, name: "leaky", start: 0xffff_ffff_c000_0000, size: 16384,
      sourceVersion: nil, buildID: "ab01", loadedBy: 0.5)
    let text = ModuleRecord(lines: [line]).text
    #expect(text.hasSuffix("\n1.5 20.25 leaky 0xffffffffc0000000 16384 - ab01 0.5\n"))
    #expect(record(text).lines == [line] && record(text).remarks.isEmpty)
  }

  @Test func `lines that can't be read are passed over with a remark`() {
    let text = """
      1 2 ok 0xffffffffc0000000 4096 - - -
      2 1 backwards 0xffffffffc0000000 4096 - -
      nan 2 never 0xffffffffc0000000 4096 - -
      1 inf ever 0xffffffffc0000000 4096 - -
      1 2 short

      """
    let read = record(text)
    #expect(read.lines.map(\.name) == ["ok"])
    #expect(read.remarks.map(\.line) == [2, 3, 4, 5])
  }
}
