package import KmemSnapshot

/// The running machine as a source of captures.
package struct LiveKernel: Sendable {
  /// The directory that stands for `/`.
  package let root: String
  package let catalog: SourceCatalog

  package init(root: String = "/", catalog: SourceCatalog = .live) {
    self.root = root
    self.catalog = catalog
  }

  /// Reads all sources, each within its deadline; a source that can't be read is noted and passed.
  ///
  /// - Throws: `SourceError` if not even one source can be read.
  package func capture(_ options: CaptureOptions = CaptureOptions()) throws -> Capture {
    let start = Manifest.Moment.now()
    var expansion = PatternExpansion(root: root)
    var capture = Capture(origin: root == "/" ? "live kernel" : root, kind: .live)
    try read(catalog.specs, into: &capture, &expansion, options)
    if capture["proc/config.gz"].outcome == .absent, let release = capture.kernelRelease {
      try read(Self.configurations(of: release), into: &capture, &expansion, options)
    }
    if root == "/" { addDerived(to: &capture, options) }
    capture.manifest = Manifest(of: capture, options: options, start: start)
    return capture
  }

  /// The places where the configuration of the running kernel lies if it doesn't tell it itself.
  private static func configurations(of release: String) -> [SourceSpec] {
    ["boot/config-\(release)", "lib/modules/\(release)/config"].map { SourceSpec($0) }
  }

  private func addDerived(to capture: inout Capture, _ options: CaptureOptions) {
    guard capture["proc/modules"].outcome == .read else { return }
    capture.sources[ModuleFacts.path] = LoadedModules(capture).reading(
      allFiles: options.readsAllModuleFiles)
  }

  private func read(
    _ specs: [SourceSpec], into capture: inout Capture, _ expansion: inout PatternExpansion,
    _ options: CaptureOptions
  ) throws {
    var jobs: [ReadingJob] = []
    var optional: Set<String> = []
    for spec in specs {
      guard spec.reasonToAsk == nil || options.readsCostly else {
        skip(spec, in: &capture)
        continue
      }
      for path in expansion.paths(of: spec) where !SourceCatalog.excluded.contains(path) {
        if spec.kind == .link {
          capture.links[path] = linkTarget(expansion.fullPath(path))
        } else if capture.sources[path] == nil {
          capture.sources[path] = SourceReading(outcome: .absent)
          jobs.append(job(path, spec, fullPath: expansion.fullPath(path)))
          if !spec.pattern.isLiteral { optional.insert(path) }
        }
      }
    }
    if specs.contains(where: { $0.pattern.text == "proc/meminfo" }), root == "/" {
      jobs.append(KernelLog.job)
    }
    for (job, reading) in zip(jobs, try ReadingQueue.read(jobs)) {
      let isNoise = optional.contains(job.path) && reading.outcome == .absent
      capture.sources[job.path] = isNoise ? nil : reading
    }
  }

  private func job(_ path: String, _ spec: SourceSpec, fullPath: String) -> ReadingJob {
    ReadingJob(path: path, deadline: spec.deadline) { readFile(fullPath, limit: spec.limit) }
  }

  private func skip(_ spec: SourceSpec, in capture: inout Capture) {
    guard spec.pattern.isLiteral, let reason = spec.reasonToAsk else { return }
    capture.sources[spec.pattern.text] = SourceReading(
      outcome: .skipped, reason: "not asked for: \(reason)")
  }
}

extension Capture {
  /// The release of the captured kernel, as `uname -r` prints it.
  var kernelRelease: String? { line(of: "proc/sys/kernel/osrelease") }

  /// The first line of a source that holds a single word or line.
  func line(of path: String) -> String? {
    guard let bytes = sources[path]?.bytes, !bytes.isEmpty else { return nil }
    let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    return line.isEmpty ? nil : line
  }
}
