import KmemParsers
package import KmemSnapshot

extension KernelFacts {
  /// The facts that a capture holds.
  package init(_ capture: Capture, _ snapshot: Snapshot) {
    self.init(release: snapshot.host.release, isLive: capture.kind == .live)
    config = Self.config(capture, snapshot)
    commandLine = snapshot.commandLine.value
    mounts = snapshot.mounts.value
    filesystems = capture.text(of: "proc/filesystems").map(Self.types)
    setKmemleak(capture)
    setReader(capture)
    setSources(capture, snapshot)
  }

  private mutating func setKmemleak(_ capture: Capture) {
    kmemleak = fact(capture, "sys/kernel/debug/kmemleak")
    hasKmemleakModule = holds(capture, "sys/module/kmemleak/")
    kernelLog = Self.logPaths.lazy.compactMap(capture.text(of:)).first.map {
      KmemleakLog(lines: $0.split(whereSeparator: \.isNewline).map(String.init))
    }
    lockdown = capture.line(of: "sys/kernel/security/lockdown").flatMap(Lockdown.init(text:))
  }

  private mutating func setReader(_ capture: Capture) {
    userID = capture.manifest?.userID
    capabilities = capture.manifest?.capabilities.flatMap { UInt64($0, radix: 16) }
    kptrRestrict = capture.line(of: "proc/sys/kernel/kptr_restrict")
  }

  private mutating func setSources(_ capture: Capture, _ snapshot: Snapshot) {
    slabinfo = fact(capture, "proc/slabinfo")
    vmallocinfo = fact(capture, "proc/vmallocinfo")
    allocinfo = fact(capture, "proc/allocinfo")
    pageOwner = fact(capture, "sys/kernel/debug/page_owner")
    pressure = fact(capture, "proc/pressure/memory")
    memoryProfiling = capture.line(of: "proc/sys/vm/mem_profiling")
    hasSlabDirectory = holds(capture, "sys/kernel/slab/")
    mergedCacheNames = snapshot.slabAliases.value.map { aliases in
      aliases.groups.values.filter { $0.count > 1 }.reduce(0) { $0 + $1.count }
    }
    let traces = capture.sources.keys.sorted().first {
      $0.hasSuffix("/alloc_traces") || $0.hasSuffix("/alloc_calls")
    }
    allocTraces = traces.flatMap { fact(capture, $0) }
  }

  private static let logPaths = ["var/log/kmemcheck-kernel.log", "var/log/dmesg"]

  /// What became of a file; nothing where the capture doesn't say that it was tried.
  private func fact(_ capture: Capture, _ path: String) -> FileFact? {
    let isNoted = capture.sources[path] != nil || capture.manifest?.sources[path] != nil
    return isNoted ? FileFact(capture[path]) : nil
  }

  /// Whether the capture holds anything of a directory; nothing where its maker may not have looked.
  private func holds(_ capture: Capture, _ directory: String) -> Bool? {
    let paths = [capture.sources.keys.map { $0 }, capture.links.keys.map { $0 }].joined()
    if paths.contains(where: { $0.hasPrefix(directory) }) { return true }
    return capture.kind == .live || capture.manifest != nil ? false : nil
  }

  private static func types(_ text: String) -> Set<String> {
    Set(
      text.split(whereSeparator: \.isNewline)
        .compactMap { $0.split(whereSeparator: \.isWhitespace).last.map(String.init) })
  }

  private static func config(_ capture: Capture, _ snapshot: Snapshot) -> ConfigFinding {
    if case .value(let config) = snapshot.config {
      return .found(config, origin: snapshot.configOrigin ?? "the configuration given")
    }
    return .missing(reasons: reasons(capture, snapshot))
  }

  /// Why each place where the configuration could be has none.
  private static func reasons(_ capture: Capture, _ snapshot: Snapshot) -> [String] {
    let inside = capture["proc/config.gz"]
    var reasons = ["/proc/config.gz: \(inside.reason ?? inside.outcome.rawValue)"]
    let release = snapshot.host.release ?? "unknown release"
    for path in capture.sources.keys.sorted() where path.hasPrefix("boot/config-") {
      guard !path.hasSuffix("config-\(release)") else { continue }
      reasons.append("/\(path) is of another release than \(release); it is not an answer")
    }
    if reasons.count == 1 {
      reasons.append("no config-\(release) in /boot and none in /lib/modules/\(release)")
    }
    return reasons
  }
}
