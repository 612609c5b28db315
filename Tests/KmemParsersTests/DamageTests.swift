import Testing

@testable import KmemParsers

/// The same damage done to every text: nothing may trap, and what is whole must still be read.
@Suite struct DamageTests {
  @Test(arguments: Specimen.all)
  func `a text typed from the format is read without remarks`(_ specimen: Specimen) throws {
    #expect(try specimen.parser.init(specimen.text).remarks == [])
  }

  @Test(arguments: Specimen.all)
  func `carriage returns change nothing`(_ specimen: Specimen) throws {
    let text = specimen.text.replacingNewlines(with: "\r\n")
    #expect(try isEqual(specimen.parser, text, specimen.text))
  }

  @Test(arguments: Specimen.all)
  func `padding with NULs changes nothing`(_ specimen: Specimen) throws {
    let text = specimen.text + String(repeating: "\0", count: 4096)
    #expect(try isEqual(specimen.parser, text, specimen.text))
  }

  @Test(arguments: Specimen.all)
  func `no-break spaces count as spaces`(_ specimen: Specimen) throws {
    guard specimen.parser != Mounts.self else { return }
    let text = String(specimen.text.map { $0 == " " ? "\u{A0}" : $0 })
    #expect(try isEqual(specimen.parser, text, specimen.text))
  }

  @Test(arguments: Specimen.all)
  func `a missing newline at the end changes nothing`(_ specimen: Specimen) throws {
    #expect(try isEqual(specimen.parser, String(specimen.text.dropLast()), specimen.text))
  }

  @Test(arguments: Specimen.all)
  func `a message captured in place of the file is refused or passed over`(_ specimen: Specimen) {
    let message = "cat: /proc/file: Permission denied\n"
    let error = #expect(throws: ParseError.self) { try specimen.parser.init(message) }
    #expect(error?.reason.contains("error message was captured") == true)
  }

  @Test(arguments: Specimen.all)
  func `an empty text is refused where the file can't be empty`(_ specimen: Specimen) throws {
    let file = (specimen.parser as? any ParsedFile.Type)?.file
    if file?.mayBeEmpty ?? (specimen.parser == Smaps.self) {
      #expect(try specimen.parser.init("").remarks == [])
    } else {
      let error = #expect(throws: ParseError.self) { try specimen.parser.init("") }
      #expect(error?.reason.contains("the text is empty") == true)
    }
  }

  @Test(arguments: Specimen.all)
  func `binary data never traps and is remarked or refused`(_ specimen: Specimen) {
    guard specimen.parser != KernelCommandLine.self else { return }
    let bytes = (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 1 | 0x80) }
    #expect(throws: ParseError.self) { try specimen.parser.init(bytes) }
  }

  @Test(arguments: Specimen.all)
  func `every cut of the text is read or refused`(_ specimen: Specimen) {
    let bytes = Array(specimen.text.utf8)
    for count in bytes.indices { #expect(survives(specimen.parser, Array(bytes.prefix(count)))) }
  }

  @Test(arguments: Specimen.all, 0..<200)
  func `a damaged copy is read or refused`(_ specimen: Specimen, seed: UInt64) {
    #expect(survives(specimen.parser, mutated(Array(specimen.text.utf8), seed: seed)))
  }

  /// Parses twice; both times must end the same way, with bounded remarks and a reason if refused.
  private func survives(_ parser: any KernelText.Type, _ bytes: [UInt8]) -> Bool {
    let first = Result { try parser.init(bytes).remarks }
    let second = Result { try parser.init(bytes).remarks }
    switch (first, second) {
    case (.success(let one), .success(let two)): return one == two && one.count <= 100
    case (.failure(let one as ParseError), .failure(let two as ParseError)):
      return one == two && !one.reason.isEmpty
    default: return false
    }
  }

  private func isEqual<Parser: KernelText>(
    _ parser: Parser.Type, _ text: String, _ other: String
  ) throws -> Bool {
    try parser.init(text) == parser.init(other)
  }
}

extension String {
  fileprivate func replacingNewlines(with ending: String) -> String {
    String(flatMap { $0 == "\n" ? ending : String($0) })
  }
}
