package import KmemParsers

extension Snapshot {
  /// The moment of a report in a kernel log, as far as the report tells.
  ///
  /// It is the whole of that moment: files that lie beside the log are of another one.
  package init(_ report: MemoryReport, origin: String, _ moment: TextMoment? = nil) {
    self.init(Capture(origin: origin, kind: .file))
    self.report = report
    files = ParsedFiles(report)
    host = Host(
      pageSize: PageSize(
        bytes: report.pageSize, origin: report.memory.pageSize == nil ? .assumed : .freeBlocks))
    host.release = report.release
    host.hostname = report.machine
    host.upTime = report.time
    host.wallTime = moment?.wallTime
    host.textMoment = moment
  }

  /// The moment of the last report in a kernel log, where that is all there is; else this one.
  package var ofReport: Snapshot {
    reportsAlone.last.map { Snapshot($0, origin: origin, host.textMoment) } ?? self
  }

  /// The reports of the kernel log, where there is nothing else that tells of memory.
  package var reportsAlone: [MemoryReport] {
    let hasFiles =
      slabAliases.value != nil
      || KernelFiles.parsed.contains {
        $0.file.title != nil && !files.missing.contains($0.file.path)
      }
    return hasFiles ? [] : outOfMemory?.reports ?? []
  }
}
