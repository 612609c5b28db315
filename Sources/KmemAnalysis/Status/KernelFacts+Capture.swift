import KmemParsers
package import KmemSnapshot

extension KernelFacts {
  /// Gathers what a capture tells; the configuration is found by the caller, who can unpack it.
  ///
  /// Not in captures, so left open: the kernel thread, `/proc/filesystems`, `/sys/kernel/debug` itself.
  package init(capture: Capture, config: ConfigFinding) {
    self.init(release: capture.release, isLive: capture.kind == .live, config: config)
    commandLine = capture.parsed("proc/cmdline", KernelCommandLine.init(parsing:))
    mounts = capture.parsed("proc/mounts", Mounts.init(parsing:))
    lockdown = capture.line(of: "sys/kernel/security/lockdown").flatMap(Lockdown.init(text:))
    kptrRestrict = capture.line(of: "proc/sys/kernel/kptr_restrict")
    memoryProfiling = capture.line(of: "proc/sys/vm/mem_profiling")
    kernelLog = capture.kmemleakLog
    addReader(capture)
    addFiles(capture)
    addModules(capture)
  }

  private mutating func addReader(_ capture: Capture) {
    let status = capture.parsed("proc/self/status", ProcStatus.init(parsing:))
    userID = capture.manifest?.userID ?? status?.effectiveUserID.flatMap { Int(exactly: $0) }
    capabilities =
      capture.manifest?.capabilities.flatMap { UInt64($0, radix: 16) }
      ?? status?.effectiveCapabilities
  }

  private mutating func addFiles(_ capture: Capture) {
    kmemleak = capture.fact("sys/kernel/debug/kmemleak")
    slabinfo = capture.fact("proc/slabinfo")
    vmallocinfo = capture.fact("proc/vmallocinfo")
    allocinfo = capture.fact("proc/allocinfo")
    pageOwner =
      capture.fact("sys/kernel/debug/page_owner")
      ?? capture.fact("sys/kernel/debug/page_owner_stacks/show_stacks")
    pressure = capture.fact("proc/pressure/memory")
  }

  /// What the directories of sysfs show: those that were listed hold at least one entry.
  private mutating func addModules(_ capture: Capture) {
    if capture.hasEntry(below: "sys/module/") {
      hasKmemleakModule = capture.hasEntry(below: "sys/module/kmemleak/")
    }
    let prefix = "sys/kernel/slab/"
    let names = capture.links.filter { $0.key.hasPrefix(prefix) }
    guard !names.isEmpty || capture.hasEntry(below: prefix) else { return }
    hasSlabDirectory = true
    let aliases = SlabAliases(links: names)
    mergedCacheNames = aliases.groups.values.filter { $0.count > 1 }.reduce(0) { $0 + $1.count }
  }
}

extension Capture {
  /// What became of a file; nothing if nobody looked for it, as in captures that others made.
  fileprivate func fact(_ path: String) -> FileFact? {
    let isKnown = sources[path] != nil || manifest?.sources[path] != nil
    return isKnown || kind == .live ? FileFact(self[path]) : nil
  }

  fileprivate func parsed<Value>(
    _ path: String, _ parse: (Span<UInt8>) throws(ParseError) -> Value
  ) -> Value? {
    guard let reading = sources[path], reading.outcome == .read else { return nil }
    let bytes = reading.bytes
    return try? parse(bytes.span)
  }

  fileprivate func hasEntry(below prefix: String) -> Bool {
    sources.keys.contains { $0.hasPrefix(prefix) } || links.keys.contains { $0.hasPrefix(prefix) }
  }

  /// The lines about kmemleak of the kernel log, of the last boot that it holds.
  fileprivate var kmemleakLog: KmemleakLog? {
    let places = ["var/log/kmemcheck-kernel.log", "sos_commands/kernel/dmesg", "var/log/dmesg"]
    let others = sources.keys.filter { $0.hasSuffix("/dmesg") || $0.hasSuffix("/dmesg_-T") }
      .sorted()
    guard let text = (places + others).lazy.compactMap({ self.text(of: $0) }).first else {
      return nil
    }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let boot = lines.lastIndex { $0.contains("Linux version ") }
    return KmemleakLog(
      lines: Array(lines[(boot ?? lines.startIndex)...]), reachesBoot: boot.map { _ in true })
  }
}
