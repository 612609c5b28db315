extension SourceCatalog {
  /// What a reader of a kmemleak report needs besides: the machine, the time, the modules, CONFIG_HZ.
  package static let besideLeaks = SourceCatalog(
    [
      "proc/modules", "proc/uptime", "proc/stat", "proc/version", "proc/config.gz",
      "proc/sys/kernel/osrelease", "proc/sys/kernel/hostname", "proc/sys/kernel/random/boot_id",
      "etc/machine-id", "sys/kernel/notes", "sys/module/*/notes/.note.gnu.build-id",
      "sys/module/*/srcversion",
    ].map { SourceSpec($0) })
}
