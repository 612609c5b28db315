package import KmemParsers

/// What is known about a kernel before `status` judges it: values read, and reasons for missing
/// ones.
///
/// A value that is nil wasn't looked for, or the capture says nothing about it: it proves nothing.
package struct KernelFacts: Hashable, Sendable {
  /// The release of the kernel the facts are about, such as `6.12.41+deb13-amd64`.
  package var release: String?
  /// Whether the kernel runs here and now, so that a file that is absent really is.
  package var isLive: Bool
  /// Whether nothing but a configuration is known, of a kernel that needn't run yet.
  package var isConfigurationAlone = false
  /// The configuration of the running release, or why there is none.
  package var config: ConfigFinding
  /// `/proc/cmdline`.
  package var commandLine: KernelCommandLine?
  /// `/proc/mounts`.
  package var mounts: Mounts?
  /// The types listed in `/proc/filesystems`.
  package var filesystems: Set<String>?
  /// Whether the directory `/sys/kernel/debug` exists; a kernel with debugfs makes it, mounted or not.
  package var hasDebugDirectory: Bool?

  /// `/sys/kernel/debug/kmemleak`.
  package var kmemleak: FileFact?
  /// Whether `/sys/module/kmemleak` exists, which shows since 4.20 that kmemleak is built in.
  package var hasKmemleakModule: Bool?
  /// Whether the kernel thread `kmemleak` runs; it does only while kmemleak is alive and scans.
  package var hasKmemleakThread: Bool?
  /// The kernel log's lines about kmemleak; nothing if the log couldn't be read.
  package var kernelLog: KmemleakLog?
  /// `/sys/kernel/security/lockdown`.
  package var lockdown: Lockdown?

  /// The effective user id of the reader.
  package var userID: Int?
  /// The effective capabilities of the reader, as the bits of `CapEff`.
  package var capabilities: UInt64?
  /// `/proc/sys/kernel/kptr_restrict`, such as `0`.
  package var kptrRestrict: String?

  /// `/proc/slabinfo`.
  package var slabinfo: FileFact?
  /// Whether `/sys/kernel/slab` exists, which only SLUB makes.
  package var hasSlabDirectory: Bool?
  /// How many names share a slab cache with another name, by the links of `/sys/kernel/slab`.
  package var mergedCacheNames: Int?
  /// An `alloc_traces` of `/sys/kernel/debug/slab`, or an `alloc_calls` of `/sys/kernel/slab`.
  package var allocTraces: FileFact?
  /// `/proc/vmallocinfo`.
  package var vmallocinfo: FileFact?
  /// `/proc/allocinfo`.
  package var allocinfo: FileFact?
  /// `/proc/sys/vm/mem_profiling`, such as `0`.
  package var memoryProfiling: String?
  /// `/sys/kernel/debug/page_owner`.
  package var pageOwner: FileFact?
  /// `/proc/pressure/memory`.
  package var pressure: FileFact?

  /// Begins with the configuration only; the caller sets the other facts.
  package init(
    release: String? = nil, isLive: Bool = true,
    config: ConfigFinding = .missing([])
  ) {
    self.release = release
    self.isLive = isLive
    self.config = config
  }

  /// What a configuration alone tells: the release stands at its top.
  package init(of config: KernelConfig, path: String) {
    self.init(release: config.release, isLive: false, config: .found(config, origin: path))
    isConfigurationAlone = true
  }

  /// The release taken apart; nil if it isn't known or doesn't begin with a version.
  package var version: KernelVersion? { release.flatMap(KernelVersion.init(release:)) }
}
