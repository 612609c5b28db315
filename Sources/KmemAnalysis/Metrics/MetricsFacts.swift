import KmemParsers
package import KmemSnapshot

/// What metrics are made of: the amounts of now, the verdict on those before, and what was read.
package struct MetricsFacts: Sendable {
  /// The version of kmemcheck.
  package var version: String
  /// Seconds since 1970 UTC of the amounts; nil where that isn't known.
  package var wall: Double?
  /// Seconds since boot of the amounts; nil where that isn't known.
  package var boot: Double?
  /// The kernel's release.
  package var release: String?
  /// `boot_id` of the kernel.
  package var bootID: String?
  /// `/etc/machine-id`.
  package var machineID: String?
  /// What `/proc/version` says of the build: `#1 SMP Debian 6.12.1-1`.
  package var build: String?
  /// The loaded modules, sorted; nil where they aren't known.
  package var modules: [String]?
  /// Bytes of each class, which add up to MemTotal.
  package var classes: [(key: MemoryClass, value: Int64)] = []
  /// The amounts that are followed.
  package var amounts = MemoryAmounts()
  /// Bytes that programs can have without swapping.
  package var available: Int64?
  /// The verdict on the samples; nil where one moment is all there is.
  package var report: WatchReport?
  /// The state of kmemleak; nil where nobody looked.
  package var kmemleak: KmemleakState?
  /// What kmemleak found, the most bytes first.
  package var leaks: [Leak] = []
  /// Which of the files that tell of memory were read.
  package var sources: [(path: String, isRead: Bool)] = []
  /// Kernel memory of containers, the most first.
  package var pods: [PodMemory] = []
  /// Seconds of a processor that kmemcheck has used.
  package var ownProcessor: Double?
  /// Anonymous bytes of kmemcheck itself.
  package var ownMemory: Int64?

  /// Begins with the version alone.
  package init(version: String) { self.version = version }

  /// Unreferenced objects by the function that allocated them.
  package struct Leak: Hashable, Sendable {
    /// The function.
    package let function: String
    /// Its module; nil for the kernel itself.
    package let module: String?
    /// How many objects.
    package var objects: Int64
    /// Their bytes.
    package var bytes: Int64
  }

  /// The kernel's memory of one container.
  package struct PodMemory: Hashable, Sendable {
    /// The namespace; nil outside Kubernetes.
    package let namespace: String?
    /// The pod; nil outside Kubernetes.
    package let pod: String?
    /// The container's name, or its short id.
    package let container: String
    /// Bytes.
    package let bytes: Int64

    /// The memory of a container.
    package init(namespace: String?, pod: String?, container: String, bytes: Int64) {
      self.namespace = namespace
      self.pod = pod
      self.container = container
      self.bytes = bytes
    }
  }
}

extension MetricsFacts {
  /// Takes what a snapshot tells: its amounts, its host, and which files could be read.
  package mutating func add(_ model: MemoryModel, amounts: MemoryAmounts) {
    self.amounts = amounts
    available = model.availability?.bytes
    classes = model.classes.compactMap { line in line.bytes.map { (line.memoryClass, $0) } }
    ownMemory = model.snapshot.counts.ownAnonymous
    addHost(model.snapshot)
  }

  /// Takes who the machine is, and which files could be read; a sample reads only some of them.
  package mutating func addHost(_ snapshot: Snapshot) {
    let host = snapshot.host
    wall = host.wallTime ?? wall
    boot = host.upTime ?? boot
    (release, bootID) = (host.release ?? release, host.bootID ?? bootID)
    machineID = host.machineID ?? machineID
    if let found = snapshot.modules.value { modules = found.modules.map(\.name).sorted() }
  }

  /// Notes which files of memory were read.
  package mutating func addCoverage(_ snapshot: Snapshot) {
    func isRead<File: ParsedFile>(_ type: File.Type) -> Bool { snapshot[type].value != nil }
    sources = Self.telling.map { ($0.file.path, isRead($0)) }
  }

  /// Adds what kmemleak found, by function: stacks are too many for names.
  package mutating func add(_ groups: [LeakGroup]) {
    var sums: [String: Leak] = [:]
    for group in groups {
      let frame = group.culprit
      let function = frame?.symbol ?? "unknown"
      let key = "\(function) \(frame?.module ?? "")"
      var leak = sums[key] ?? Leak(function: function, module: frame?.module, objects: 0, bytes: 0)
      leak.objects = leak.objects.plus(group.objects)
      leak.bytes = leak.bytes.plus(group.bytes)
      sums[key] = leak
    }
    leaks = sums.values.sorted { ($0.bytes, $1.function) > ($1.bytes, $0.function) }
  }

  /// When the machine was booted, in seconds since 1970.
  var bootTime: Double? {
    guard let wall, let boot else { return nil }
    return wall - boot
  }

  private static let telling: [any ParsedFile.Type] = [
    Meminfo.self, Vmstat.self, Zoneinfo.self, Slabinfo.self, Vmallocinfo.self, Allocinfo.self,
  ]
}
