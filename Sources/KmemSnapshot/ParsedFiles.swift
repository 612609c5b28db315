import KmemParsers

/// The records of the kernel files of one capture, by the type that stands for the file.
struct ParsedFiles: Sendable {
  private var readings: [ObjectIdentifier: any Sendable] = [:]
  /// The declared paths of the files that could not be parsed.
  private(set) var missing: Set<String> = []

  /// Parses all kernel files that there are parsers for.
  init(_ reader: inout SnapshotReader) {
    for type in KernelFiles.parsed { add(type, &reader) }
  }

  /// The files that a report in a kernel log tells the contents of.
  init(_ report: MemoryReport) {
    for type in KernelFiles.parsed { missing.insert(type.path) }
    add(report.meminfo)
    add(report.zoneinfo)
    add(report.buddyinfo)
  }

  private mutating func add<File: ParsedFile>(_ file: File?) {
    guard let file else { return }
    readings[ObjectIdentifier(File.self)] = Reading<File>.value(file)
    missing.remove(File.path)
  }

  private mutating func add<File: ParsedFile>(_ type: File.Type, _ reader: inout SnapshotReader) {
    let reading = reader.read(type)
    readings[ObjectIdentifier(type)] = reading
    if reading.value == nil { missing.insert(File.path) }
  }

  /// The records of a file; absent for a type that `KernelFiles` doesn't list.
  subscript<File: ParsedFile>(_ type: File.Type) -> Reading<File> {
    readings[ObjectIdentifier(type)] as? Reading<File> ?? .missing(Missing(.absent))
  }
}
