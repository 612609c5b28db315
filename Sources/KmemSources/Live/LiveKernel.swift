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
    if options.readsCostly, root == "/", capture.sources[Meminfo.path] != nil {
      jobs.append(PageOwnerSums.job)
    }
    var slab = slabMemory(for: jobs, &expansion)
    jobs.removeAll { job in
      guard let reading = slab?[job.path] else { return false }
      capture.sources[job.path] = reading.outcome == .absent ? nil : reading
      return true
    }
    var denied = DeniedPatterns()
    for (job, reading) in zip(jobs, try ReadingQueue.read(jobs)) {
      let isKept = job.family.map { denied.keeps(reading, of: $0) } ?? true
      capture.sources[job.path] = isKept ? reading : nil
      if let lasting = job.lasting { slab?.note(job.path, reading, lasting) }
    }
    slab?.keep()
    capture.sources.merge(denied.refusals) { own, _ in own }
  }

  /// What is remembered of the slab caches of this machine, if sources are wanted that last.
  private func slabMemory(for jobs: [ReadingJob], _ expansion: inout PatternExpansion)
    -> SlabMemory?
  {
    guard root == "/", LiveFacts.isRoot, jobs.contains(where: { $0.lasting != nil }),
      let boot = LiveFacts.text("/" + KernelFile.bootID.path)
    else { return nil }
    return SlabMemory(
      of: expansion.entries(of: SlabAliases.directory), boot: boot.filter { !$0.isWhitespace },
      now: Manifest.Timestamp.now().wall)
  }

  private func job(_ path: String, _ spec: SourceSpec, fullPath: String) -> ReadingJob {
    if path == KernelFile.chosenKernelLog.path, root == "/" { return KernelLog.job }
    return ReadingJob(
      path: path, deadline: Deadline.of(spec.cost), isPatient: spec.cost == .blocking,
      family: spec.pattern.isLiteral ? nil : spec.pattern.text, lasting: spec.lasting
    ) { readFile(fullPath, limit: spec.limit, progress: $0) }
  }
}

extension Capture {
  /// The release of the captured kernel, as `uname -r` prints it.
  var kernelRelease: String? { line(of: .release) }
}
