import KmemParsers

/// Parses the sources of a capture one by one and gathers the remarks.
struct SnapshotReader {
  let capture: Capture
  private(set) var remarks: [SourceRemark] = []
  /// What tools print, which stands for kernel files that the capture doesn't hold.
  private(set) var standIns: [StandIn] = []
  /// What was parsed of the forms of tools, by path: a form may be asked for several times.
  private var forms: [String: any Sendable] = [:]
  /// The file that the configuration comes from, as a path, once it was looked for.
  var configOrigin: String?

  init(capture: Capture) { self.capture = capture }

  /// The records of a kernel file, from wherever the capture holds it.
  mutating func read<File: ParsedFile>(_ type: File.Type) -> Reading<File> {
    if File.file.isForm { return form(type) }
    guard let finder = SnapshotReader.finders[ObjectIdentifier(type)] else {
      return parse(File.path)
    }
    return find(finder) as? Reading<File> ?? parse(File.path)
  }

  /// The types of files that have places of their own, by type.
  ///
  /// Asking the runtime whether a type conforms is slow where it doesn't: it looks through every
  /// conformance of the program.
  private static let finders: [ObjectIdentifier: any FoundElsewhere.Type] = [
    ObjectIdentifier(Meminfo.self): Meminfo.self, ObjectIdentifier(Slabinfo.self): Slabinfo.self,
    ObjectIdentifier(KernelConfig.self): KernelConfig.self,
    ObjectIdentifier(SlabAliases.self): SlabAliases.self,
    ObjectIdentifier(PageOwnerStacks.self): PageOwnerStacks.self,
    ObjectIdentifier(Arcstats.self): Arcstats.self,
  ]

  /// The records of a form, which is parsed once.
  mutating func form<File: ParsedFile>(_ type: File.Type) -> Reading<File> {
    if let known = forms[File.path] as? Reading<File> { return known }
    let reading: Reading<File> = parse(File.path)
    forms[File.path] = reading
    return reading
  }

  /// Notes that a form stands for a kernel file, with what its rounding hides in one amount at most.
  mutating func stand(_ form: KernelFile, for file: KernelFile, error: Int64) {
    standIns.append(StandIn(file: file, form: form, error: error))
  }

  private mutating func find<File: FoundElsewhere>(_ type: File.Type) -> any Sendable {
    type.find(with: &self)
  }

  /// The records of the source at a path, which may be empty if the kernel file may.
  mutating func parse<File: ParsedFile>(_ path: String) -> Reading<File> {
    parse(path, mayBeEmpty: File.file.mayBeEmpty, limit: File.file.limit)
  }

  /// The records of the source at a path, which isn't one kernel file's own form.
  mutating func parse<Text: ParsedText>(text path: String) -> Reading<Text> {
    parse(path, mayBeEmpty: false, limit: .max)
  }

  private mutating func parse<Text: ParsedText>(
    _ path: String, mayBeEmpty: Bool, limit: Int
  ) -> Reading<Text> {
    let reading = capture[path].cut(to: limit)
    if let missing = Missing(reading) { return .missing(missing) }
    if reading.outcome == .read, reading.bytes.isEmpty, !mayBeEmpty {
      return .missing(Missing(.empty, "not readable when it was captured"))
    }
    return parse(reading, path: path)
  }

  private mutating func parse<Text: ParsedText>(
    _ reading: SourceReading, path: String
  ) -> Reading<Text> {
    if reading.outcome == .truncated {
      let reason = reading.reason ?? "only its beginning is there"
      note(path, reason)
    }
    do throws(ParseError) {
      let bytes = reading.bytes
      let text = try Text(parsing: bytes.span)
      remarks += text.remarks.map { remark in
        // A remark on the text as a whole has no line.
        let line =
          remark.line == 0
          ? 0
          : remark.line.addingReportingOverflow(reading.firstLine - 1)
            .partialValue
        return SourceRemark(path: path, line: line, reason: remark.reason)
      }
      return .value(text)
    } catch {
      remarks.append(SourceRemark(path: path, line: error.line, reason: error.reason))
      return .missing(Missing(.refused, error.reason))
    }
  }

  /// What a side file says; one that is there and can't be understood gets a remark.
  mutating func sideFile<File: SideFile>() -> File? {
    let file: Reading<File> = capture.sideFile()
    if let missing = file.missing, missing.cause == .refused {
      note(File.path, missing.detail ?? "it can't be understood")
    }
    return file.value
  }

  /// Remarks on a source as a whole.
  mutating func note(_ path: String, _ reason: String) {
    remarks.append(SourceRemark(path: path, line: 0, reason: reason))
  }
}
