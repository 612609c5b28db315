extension SourceCatalog {
  private static func specs(_ paths: [String]) -> [SourceSpec] { paths.map { SourceSpec($0) } }

  /// What a reader of a kmemleak report needs besides: the machine, the time, the modules, CONFIG_HZ.
  package static let besideLeaks = SourceCatalog(
    specs([
      "proc/modules", "proc/uptime", "proc/stat", "proc/version", "proc/config.gz",
      "proc/sys/kernel/osrelease", "proc/sys/kernel/hostname", "proc/sys/kernel/random/boot_id",
      "etc/machine-id", "sys/kernel/notes", "sys/module/*/notes/.note.gnu.build-id",
      "sys/module/*/srcversion",
    ]))

  /// What tells whether kmemleak can be used, its report excepted, of which one byte is enough.
  package static let kmemleakState = SourceCatalog(
    besideLeaks.specs
      + specs([
        "proc/meminfo", "proc/cmdline", "proc/mounts", "proc/self/status",
        "sys/kernel/security/lockdown", "sys/module/kmemleak/parameters/*",
        kernelLogPath,
      ]) + [SourceSpec("sys/kernel/debug/kmemleak", cost: .blocking, limit: 1)])

  /// The amounts that are compared after each run of a command.
  package static let amounts = SourceCatalog(
    specs([
      "proc/meminfo", "proc/vmstat", "proc/zoneinfo", "proc/slabinfo", "proc/vmallocinfo",
      "proc/allocinfo", "proc/uptime", "proc/sys/kernel/osrelease",
      "proc/sys/kernel/random/boot_id", "sys/kernel/slab/*/reclaim_account",
    ]))

  /// What is needed beside processes and control groups: the machine, the moment, its memory.
  package static let besideProcesses = SourceCatalog(
    specs([
      "proc/meminfo", "proc/uptime", "proc/stat", "proc/sys/kernel/osrelease",
      "proc/sys/kernel/hostname", "proc/sys/kernel/random/boot_id", "etc/machine-id",
    ]))

  /// Everything but kmemleak's report, which may be larger than all the rest.
  package static let withoutLeaks = SourceCatalog(
    live.specs.filter { $0.pattern.text != "sys/kernel/debug/kmemleak" })
}
