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
    // A sample of memory doesn't ask for the configuration.
    if capture.sources["proc/config.gz"]?.outcome == .absent, let release = capture.kernelRelease {
      try read(Self.configurations(of: release), into: &capture, &expansion, options)
    }
    if root == "/" { addDerived(to: &capture, options) }
    // Processes are read last, since the kernel keeps an inode for each of their files that is
    // looked at.
    if let budget = options.processes {
      try ProcessReader(root: root, budget: budget).read(into: &capture)
    }
    capture.manifest = Manifest(of: capture, options: options, start: start)
    return capture
  }

  /// The files that may hold the configuration of a running kernel without `/proc/config.gz`.
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
    for spec in specs {
      guard spec.reasonToAsk == nil || options.readsCostly else {
        capture.sources[spec.pattern.text] = SourceReading(
          outcome: .skipped, reason: spec.reasonToAsk.map { "not asked for: \($0)" })
        continue
      }
      for path in expansion.paths(of: spec) where !SourceCatalog.excluded.contains(path) {
        if spec.kind == .link {
          capture.links[path] = linkTarget(expansion.fullPath(path))
        } else if capture.sources[path] == nil {
          capture.sources[path] = SourceReading(outcome: .absent)
          jobs.append(job(path, spec, fullPath: expansion.fullPath(path)))
        }
      }
    }
    if options.readsCostly, root == "/", capture.sources["proc/meminfo"] != nil {
      jobs.append(PageOwnerSums.job)
    }
    var families = Families()
    for (job, reading) in zip(jobs, try ReadingQueue.read(jobs)) {
      let isKept = job.family.map { families.keeps(reading, of: $0) } ?? true
      capture.sources[job.path] = isKept ? reading : nil
    }
    capture.sources.merge(families.refusals) { own, _ in own }
  }

  private func job(_ path: String, _ spec: SourceSpec, fullPath: String) -> ReadingJob {
    if path == SourceCatalog.kernelLogPath, root == "/" { return KernelLog.job }
    return ReadingJob(
      path: path, deadline: spec.deadline, isPatient: spec.cost == .blocking,
      family: spec.pattern.isLiteral ? nil : spec.pattern.text
    ) { readFile(fullPath, limit: spec.limit, progress: $0) }
  }
}

/// The results of sources that patterns name, of which there may be thousands.
///
/// An absent file tells nothing, as it was listed a moment before. Files that may not be read are
/// noted once, under the pattern: an ordinary user may read none of the slab caches' files.
private struct Families {
  private var counts: [String: (denied: Int, all: Int)] = [:]

  /// Counts the reading; false if it isn't worth keeping by itself.
  mutating func keeps(_ reading: SourceReading, of family: String) -> Bool {
    counts[family, default: (0, 0)].all += 1
    guard reading.outcome == .denied else { return reading.outcome != .absent }
    counts[family, default: (0, 0)].denied += 1
    return false
  }

  /// The patterns of which files may not be read.
  var refusals: [String: SourceReading] {
    counts.filter { $0.value.denied > 0 }.mapValues { count in
      SourceReading(
        outcome: .denied,
        reason: "permission denied for \(count.denied) of \(count.all) files")
    }
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
