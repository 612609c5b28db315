import KmemParsers

/// A record of one kernel file that is made from its text.
protocol ParsableSource: Sendable {
  init(parsing text: Span<UInt8>) throws(ParseError)
  var remarks: [Remark] { get }
  /// Whether a file without a single line is valid, as an empty module list is.
  static var mayBeEmpty: Bool { get }
}

extension ParsableSource {
  static var mayBeEmpty: Bool { false }
}

extension Meminfo: ParsableSource {}
extension Vmstat: ParsableSource {}
extension Buddyinfo: ParsableSource {}
extension Zoneinfo: ParsableSource {}
extension Slabinfo: ParsableSource {}
extension Pagetypeinfo: ParsableSource {}
extension Vmallocinfo: ParsableSource {}
extension Allocinfo: ParsableSource {}
extension Modules: ParsableSource { static var mayBeEmpty: Bool { true } }
extension KernelConfig: ParsableSource {}
extension KernelCommandLine: ParsableSource { static var mayBeEmpty: Bool { true } }
extension Pressure: ParsableSource {}
extension SlabAliases: ParsableSource {}
extension KernelNumbers: ParsableSource {}
extension Sockstat: ParsableSource {}
extension Mounts: ParsableSource {}
extension AllocTraces: ParsableSource {}
extension PageOwnerStacks: ParsableSource {}
extension PageOwner: ParsableSource {}

/// Parses the sources of a capture one by one and gathers the remarks.
struct SnapshotReader {
  let capture: Capture
  private(set) var remarks: [SourceRemark] = []

  init(capture: Capture) { self.capture = capture }

  mutating func parse<File: ParsableSource>(_ path: String) -> Reading<File> {
    let reading = capture[path]
    if let missing = Missing(reading) { return .missing(missing) }
    if reading.outcome == .read, reading.bytes.isEmpty, !File.mayBeEmpty {
      return .missing(Missing(.empty, "not readable when it was captured"))
    }
    return parse(reading, path: path)
  }

  private mutating func parse<File: ParsableSource>(
    _ reading: SourceReading, path: String
  ) -> Reading<File> {
    if reading.outcome == .truncated {
      let reason = reading.reason ?? "only its beginning is there"
      note(path, reason)
    }
    do throws(ParseError) {
      let bytes = reading.bytes
      let file = try File(parsing: bytes.span)
      remarks += file.remarks.map { SourceRemark(path: path, line: $0.line, reason: $0.reason) }
      return .value(file)
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

  /// The running kernel's configuration with its origin: `/proc/config.gz` (unpacked by whoever
  /// made the capture), else the file of that very release.
  mutating func config() -> (Reading<KernelConfig>, origin: String?) {
    let inside: Reading<KernelConfig> = parse("proc/config")
    if inside.value != nil { return (inside, "/proc/config.gz") }
    for path in capture.release.map(Self.configPaths) ?? [] {
      let beside: Reading<KernelConfig> = parse(path)
      if beside.value != nil { return (beside, "/\(path)") }
    }
    return (inside, nil)
  }

  private static func configPaths(of release: String) -> [String] {
    ["boot/config-", "lib/modules/", "usr/lib/modules/"].map {
      $0.hasSuffix("-") ? "\($0)\(release)" : "\($0)\(release)/config"
    }
  }

  /// The sets of merged caches: from the links of sysfs, else from a listing of them.
  mutating func slabAliases() -> Reading<SlabAliases> {
    let prefix = "sys/kernel/slab/"
    let links = capture.links.filter { $0.key.hasPrefix(prefix) }
    guard links.isEmpty else {
      let named = links.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
      return .value(SlabAliases(links: Dictionary(named) { first, _ in first }))
    }
    let listing = capture.sources.keys.filter { path in
      path.contains("sys.kernel.slab") && path.contains("ls_")
    }.min()
    return parse(listing ?? "sys/kernel/slab")
  }
}

extension Capture {
  /// What `reclaim_account` of each cache says, by the directory's name below `/sys/kernel/slab`.
  var reclaimAccounts: [String: Bool] {
    var accounts: [String: Bool] = [:]
    for (path, reading) in sources
    where path.hasPrefix("sys/kernel/slab/") && reading.outcome == .read {
      let parts = path.split(separator: "/")
      guard parts.count == 5, parts[4] == "reclaim_account" else { continue }
      accounts[String(parts[3])] = reading.bytes.first == UInt8(ascii: "1")
    }
    return accounts
  }
}
