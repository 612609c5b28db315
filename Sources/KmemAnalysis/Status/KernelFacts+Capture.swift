import KmemParsers
package import KmemSnapshot

extension KernelFacts {
  /// Gathers the facts that a capture holds.
  ///
  /// Captures don't tell whether the thread `kmemleak` runs, or whether the directory
  /// `/sys/kernel/debug` exists: both stay nil.
  package init(_ capture: Capture, _ snapshot: Snapshot) {
    self.init(
      release: snapshot.host.release, isLive: capture.kind == .live,
      config: capture.configFinding(snapshot))
    commandLine = snapshot.commandLine.value
    mounts = snapshot.mounts.value
    lockdown = capture.line(of: .lockdown).flatMap(Lockdown.init(text:))
    kptrRestrict = capture.line(of: .kptrRestrict)
    memoryProfiling = capture.line(of: .memoryProfiling)
    kernelLog = capture.kmemleakLog
    userID = capture.manifest?.userID
    capabilities = capture.manifest?.capabilities.flatMap { UInt64($0, radix: 16) }
    addFiles(capture)
    addDirectories(capture, snapshot)
  }

  private mutating func addFiles(_ capture: Capture) {
    kmemleak = capture.fact(KmemleakFile.path)
    slabinfo = capture.fact(Slabinfo.path)
    vmallocinfo = capture.fact(Vmallocinfo.path)
    allocinfo = capture.fact(Allocinfo.path)
    pageOwner =
      capture.fact(PageOwner.path)
      ?? capture.fact(PageOwnerStacks.path)
    pressure = capture.fact(Pressure.path)
    let traces = capture.sources.keys.sorted().first {
      $0.hasSuffix("/alloc_traces") || $0.hasSuffix("/alloc_calls")
    }
    allocTraces = traces.flatMap(capture.fact)
  }

  /// What the directories of sysfs show: those that were listed hold at least one entry.
  private mutating func addDirectories(_ capture: Capture, _ snapshot: Snapshot) {
    if capture.hasEntry(below: ModuleDirectory.root) || capture.kind == .live {
      hasKmemleakModule = capture.hasEntry(below: ModuleDirectory.root + "kmemleak/")
    }
    guard let aliases = snapshot.slabAliases.value else { return }
    hasSlabDirectory = true
    mergedCacheNames = aliases.groups.values.filter { $0.count > 1 }.reduce(0) { $0 + $1.count }
  }
}

extension Capture {
  /// What became of a file; nil if the collector didn't look for it, as in a sosreport.
  fileprivate func fact(_ path: String) -> FileFact? {
    let isKnown = sources[path] != nil || manifest?.sources[path] != nil
    return isKnown ? FileFact(self[path]) : nil
  }

  fileprivate func hasEntry(below prefix: String) -> Bool {
    sources.keys.contains { $0.hasPrefix(prefix) } || links.keys.contains { $0.hasPrefix(prefix) }
  }

  /// The lines about kmemleak of the kernel log, of the last boot that it holds.
  fileprivate var kmemleakLog: KmemleakLog? {
    guard let text = kernelLogPaths.lazy.compactMap({ self.text(of: $0) }).first else {
      return nil
    }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let boot = lines.lastIndex { $0.contains("Linux version ") }
    return KmemleakLog(
      lines: Array(lines[(boot ?? lines.startIndex)...]), reachesBoot: boot.map { _ in true })
  }

  /// The configuration of the running release, or why each place where it could be has none.
  fileprivate func configFinding(_ snapshot: Snapshot) -> ConfigFinding {
    if let config = snapshot.config.value, let origin = snapshot.configOrigin {
      return .found(config, origin: origin)
    }
    let release = snapshot.host.release
    let others = sources.keys.sorted().filter { path in
      path.hasPrefix("boot/config-") && release.map { !path.hasSuffix("config-\($0)") } ?? true
    }
    let inside = ConfigAbsence.file(
      path: KernelConfig.packed.absolutePath, FileFact(self[KernelConfig.packed.path]))
    guard !others.isEmpty else { return .missing([inside, .notInstalled(release: release)]) }
    return .missing(
      [inside] + others.map { .otherRelease(path: "/\($0)", wanted: release) })
  }
}
