internal import KmemParsers
package import KmemSnapshot

/// The running machine as a source of captures.
package struct LiveKernel: Sendable {
  /// The directory that stands for `/`.
  package let root: String
  /// What is read.
  package let catalog: SourceCatalog

  /// The machine whose `/` is that directory.
  package init(root: String = "/", catalog: SourceCatalog = .live) {
    self.root = root
    self.catalog = catalog
  }

  /// Reads all sources, each within its deadline; a source that can't be read is noted and passed.
  ///
  /// - Throws: `SourceError` if not even one source can be read, of kind `.unavailable` where the
  ///   machine has no `/proc`.
  package func capture(_ options: CaptureOptions = CaptureOptions()) throws -> Capture {
    guard root != "/" || LiveFacts.hasProc else {
      throw SourceError(
        .unavailable,
        "there is no /proc here, from which the kernel's memory is read: mount -t proc proc /proc")
    }
    let start = Manifest.Timestamp.now()
    var expansion = PatternExpansion(root: root)
    var capture = Capture(origin: root == "/" ? "live kernel" : root, kind: .live)
    try read(catalog.specs, into: &capture, &expansion, options)
    // A sample of memory doesn't ask for the configuration.
    if capture.sources[KernelConfig.packed.path]?.outcome == .absent,
      let release = capture.kernelRelease
    {
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
    KernelConfig.installedPaths(of: release).map { SourceSpec($0) }
  }

  private func addDerived(to capture: inout Capture, _ options: CaptureOptions) {
    guard capture[Modules.path].outcome == .read else { return }
    capture.sources[ModuleFacts.path] = LoadedModules(capture).reading(
      allFiles: options.readsAllModuleFiles)
  }

  private func read(
    _ specs: [SourceSpec], into capture: inout Capture, _ expansion: inout PatternExpansion,
    _ options: CaptureOptions
  ) throws {
    let slab = slabMemory(for: specs, &expansion)
    let isRecalled = slab?.recall(into: &capture.sources) ?? false
    let jobs = jobs(
      isRecalled ? specs.filter { !$0.isLasting } : specs, &capture, &expansion, options)
    capture.sources.reserveCapacity(capture.sources.count + jobs.count)
    var lasting: [(path: String, reading: SourceReading)] = []
    var denied = DeniedPatterns()
    for (job, reading) in zip(jobs, try ReadingQueue.read(jobs)) {
      if job.isLasting { lasting.append((job.path, reading)) }
      if let family = job.family, !denied.keeps(reading, of: family) { continue }
      capture.sources[job.path] = reading
    }
    if !isRecalled { slab?.keep(lasting, now: Manifest.Timestamp.now().wall) }
    capture.sources.merge(denied.refusals) { own, _ in own }
  }

  /// What is to be read of each source, once; links are read here, and what nobody asked for is noted.
  private func jobs(
    _ specs: [SourceSpec], _ capture: inout Capture, _ expansion: inout PatternExpansion,
    _ options: CaptureOptions
  ) -> [ReadingJob] {
    var jobs: [ReadingJob] = []
    var paths: Set<String> = []
    for spec in specs {
      if let reason = spec.reasonToAsk, !options.readsCostly {
        capture.sources[spec.pattern.text] = SourceReading(
          outcome: .skipped, reason: "not asked for: \(reason)")
        continue
      }
      for path in expansion.livePaths(of: spec) where !SourceCatalog.isExcluded(path) {
        if spec.kind == .link {
          capture.links[path] = linkTarget(expansion.fullPath(path))
        } else if capture.sources[path] == nil, paths.insert(path).inserted {
          jobs.append(job(path, spec, fullPath: expansion.fullPath(path)))
        }
      }
    }
    if options.readsCostly, root == "/", paths.contains(Meminfo.path) {
      jobs.append(PageOwnerSums.job)
    }
    return jobs
  }

  /// What is remembered of the slab caches of this machine, if sources are wanted that last.
  private func slabMemory(for specs: [SourceSpec], _ expansion: inout PatternExpansion)
    -> SlabMemory?
  {
    let patterns = specs.filter(\.isLasting).map(\.pattern.text)
    guard root == "/", LiveFacts.isRoot, !patterns.isEmpty,
      let boot = LiveFacts.text("/" + KernelFile.bootID.path)
    else { return nil }
    return SlabMemory(
      of: expansion.entries(of: SlabAliases.directory), patterns,
      boot: boot.filter { !$0.isWhitespace })
  }

  private func job(_ path: String, _ spec: SourceSpec, fullPath: String) -> ReadingJob {
    if path == KernelFile.chosenKernelLog.path, root == "/" { return KernelLog.job }
    return ReadingJob(
      path: path, deadline: Deadline.of(spec.cost), isPatient: spec.cost == .blocking,
      family: spec.pattern.isLiteral ? nil : spec.pattern.text, isLasting: spec.isLasting
    ) { readFile(fullPath, limit: spec.limit, progress: $0) }
  }
}

extension Capture {
  /// The release of the captured kernel, as `uname -r` prints it.
  var kernelRelease: String? { line(of: .release) }
}
