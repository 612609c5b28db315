import KmemSnapshot

@testable import KmemAnalysis

extension KmemleakDiagnosisTests {
  static let disabling: [KmemleakCase] = [
    KmemleakCase(
      "the pool ran empty",
      builtIn(and: "CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE=16000") {
        $0.kmemleak = FileFact(.read, isEmpty: true)
        $0.kernelLog = KmemleakLog(lines: [
          "kmemleak: Memory pool empty, consider increasing CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE",
          "kmemleak: Cannot allocate a kmemleak_object structure", KmemleakLog.disabled,
        ])
      }, .poolExhausted, shows: "Memory pool empty",
      remedy: "scripts/config --set-val DEBUG_KMEMLEAK_MEM_POOL_SIZE 64000"),
    KmemleakCase(
      "the early log overflowed",
      builtIn("4.19.1", and: "CONFIG_DEBUG_KMEMLEAK_EARLY_LOG_SIZE=20000") {
        $0.kernelLog = KmemleakLog(lines: [
          KmemleakLog.disabled,
          "kmemleak: Early log buffer exceeded (20613), please increase DEBUG_KMEMLEAK_EARLY_LOG_SIZE",
        ])
      }, .earlyLogExceeded, shows: "CONFIG_DEBUG_KMEMLEAK_EARLY_LOG_SIZE=20000",
      remedy: "--set-val DEBUG_KMEMLEAK_EARLY_LOG_SIZE 40000"),
    KmemleakCase(
      "no memory for its own objects",
      builtIn {
        $0.kernelLog = KmemleakLog(lines: [
          "kmemleak: Cannot allocate a kmemleak_object structure", KmemleakLog.disabled,
        ])
      }, .outOfMemory, shows: "Cannot allocate", remedy: "kmemleak=on"),
    KmemleakCase(
      "tracked objects overlap",
      builtIn {
        $0.kernelLog = KmemleakLog(lines: [
          "kmemleak: Cannot insert 0xffff888003c00000 into the object search tree (overlaps existing)"
        ])
      }, .overlap, shows: "overlaps existing", remedy: "kmemleak=on"),
    KmemleakCase(
      "someone wrote off",
      builtIn {
        $0.kernelLog = KmemleakLog(lines: [KmemleakLog.initialized, KmemleakLog.disabled])
      }, .turnedOff, .inferred, shows: "someone wrote off", remedy: "kmemleak=on"),
    KmemleakCase(
      "disabled before it started, and no reason",
      builtIn { $0.kernelLog = KmemleakLog(lines: [KmemleakLog.disabled]) }, .disabled,
      shows: "no reason", remedy: "kmemleak=on"),
    KmemleakCase(
      "up to 3.14 open says EBUSY",
      builtIn("3.10.0") {
        $0.kmemleak = FileFact(.failed, reason: "Device or resource busy")
      }, .disabled, shows: "Device or resource busy", remedy: "kmemleak=on"),
    KmemleakCase(
      "up to 4.18 the file is missing", builtIn("4.14.0") { $0.kmemleak = FileFact(.absent) },
      .disabled, .inferred, shows: "up to 4.18", remedy: "kmemleak=on"),
  ]

  static let reaching: [KmemleakCase] = [
    KmemleakCase(
      "debugfs is not mounted",
      builtIn {
        $0.mounts = mounts(debugfs: false)
        $0.kmemleak = FileFact(.absent)
      }, .debugfsNotMounted, shows: "/proc/mounts has no debugfs",
      remedy: "sudo mount -t debugfs none /sys/kernel/debug"),
    KmemleakCase(
      "debugfs is not built in",
      facts("3.2.0", config: "CONFIG_DEBUG_KMEMLEAK=y\n# CONFIG_DEBUG_FS is not set\n") {
        $0.mounts = mounts(debugfs: false)
      }, .debugfsNotBuilt, shows: "CONFIG_DEBUG_FS is not set",
      remedy: "(menuconfig: Kernel hacking → Debug Filesystem)"),
    KmemleakCase(
      "debugfs is not known to the kernel",
      facts {
        $0.mounts = mounts(debugfs: false)
        $0.filesystems = ["proc", "sysfs"]
        $0.hasKmemleakModule = true
      }, .debugfsNotBuilt, .inferred, shows: "/proc/filesystems doesn't list debugfs",
      remedy: "DEBUG_FS=y"),
    KmemleakCase(
      "debugfs=off", builtIn(commandLine: "debugfs=off") { $0.mounts = mounts(debugfs: false) },
      .debugfsOff, shows: "/proc/cmdline: debugfs=off", remedy: "debugfs=on"),
    KmemleakCase(
      "debugfs=no-mount",
      builtIn(commandLine: "debugfs=no-mount") { $0.mounts = mounts(debugfs: false) },
      .debugfsOff, shows: "debugfs=no-mount", remedy: "debugfs=on"),
    KmemleakCase(
      "debugfs off by its default",
      builtIn(and: "CONFIG_DEBUG_FS_ALLOW_NONE=y") { $0.mounts = mounts(debugfs: false) },
      .debugfsOff, shows: "CONFIG_DEBUG_FS_ALLOW_NONE=y", remedy: "debugfs=on"),
    KmemleakCase(
      "lockdown refuses root",
      builtIn {
        $0.lockdown = Lockdown(text: "none [integrity] confidentiality\n")
        $0.kmemleak = FileFact(.denied, reason: "Operation not permitted")
      }, .lockedDown, shows: "lockdown: integrity", remedy: "lockdown="),
    KmemleakCase(
      "lockdown would refuse root, as an ordinary user knows",
      builtIn(userID: 1000) {
        $0.lockdown = Lockdown(text: "none integrity [confidentiality]")
        $0.kmemleak = FileFact(.denied, reason: "Permission denied")
      }, .lockedDown, .inferred, shows: "lockdown: confidentiality", remedy: "lockdown="),
    KmemleakCase(
      "root is refused as lockdown does it",
      builtIn {
        $0.lockdown = nil
        $0.kmemleak = FileFact(.denied, reason: "Operation not permitted (EPERM)")
      }, .lockedDown, .inferred, shows: "although the reader is root", remedy: "lockdown="),
    KmemleakCase(
      "an ordinary user, and kmemleak is there",
      builtIn(userID: 1000) { $0.kmemleak = FileFact(.denied, reason: "Permission denied") },
      .denied, shows: "/sys/kernel/debug/kmemleak: Permission denied",
      remedy: "sudo kmemcheck status"),
    KmemleakCase(
      "an ordinary user, and nothing tells whether it's there",
      facts(userID: 1000) { $0.kmemleak = FileFact(.denied, reason: "Permission denied") },
      .denied, .unknown, shows: "doesn't tell whether kmemleak is built in",
      remedy: "sudo kmemcheck status"),
    KmemleakCase(
      "root of a container",
      builtIn {
        $0.kmemleak = FileFact(.denied, reason: "Permission denied")
      }, .denied, shows: "a container", remedy: "outside the container"),
  ]

  static let reading: [KmemleakCase] = [
    KmemleakCase(
      "the file can be read",
      builtIn { $0.kmemleak = FileFact(.read, isEmpty: true) }, .ready, .inferred,
      shows: "built in and not seen to be disabled; only a scan proves that it's alive",
      remedy: "sudo kmemcheck scan"),
    KmemleakCase(
      "the file can be read, and the configuration isn't this kernel's",
      facts(config: "# CONFIG_DEBUG_KMEMLEAK is not set\n") {
        $0.kmemleak = FileFact(.read, isEmpty: false)
      }, .ready, .inferred, shows: "isn't the configuration of the running kernel",
      remedy: "sudo kmemcheck scan"),
    KmemleakCase(
      "the thread runs",
      builtIn(and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y") {
        $0.kmemleak = FileFact(.read, isEmpty: true)
        $0.hasKmemleakThread = true
      }, .running, shows: "the kernel thread kmemleak runs", remedy: "sudo kmemcheck scan"),
    KmemleakCase(
      "the log says that the thread started",
      builtIn {
        $0.kmemleak = FileFact(.read, isEmpty: true)
        $0.kernelLog = KmemleakLog(lines: [
          KmemleakLog.initialized, "kmemleak: Automatic memory scanning thread started",
        ])
      }, .running, .inferred, shows: "no later line that it ended", remedy: "sudo kmemcheck scan"),
    KmemleakCase(
      "the log says that the thread started and ended",
      builtIn {
        $0.kmemleak = FileFact(.read, isEmpty: true)
        $0.kernelLog = KmemleakLog(lines: [
          KmemleakLog.initialized, "kmemleak: Automatic memory scanning thread started",
          "kmemleak: Automatic memory scanning thread ended",
        ])
      }, .ready, .inferred, shows: "initialized", remedy: "sudo kmemcheck scan"),
    KmemleakCase(
      "a capture of a readable file has nothing to do",
      builtIn {
        $0.isLive = false
        $0.kmemleak = FileFact(.truncated, isEmpty: false)
      }, .ready, .inferred, shows: "it lists objects", remedy: nil),
    KmemleakCase(
      "lockdown is on, and the file is readable all the same",
      builtIn {
        $0.lockdown = .integrity
        $0.kmemleak = FileFact(.read, isEmpty: true)
      }, .ready, .inferred, shows: "can be read", remedy: "sudo kmemcheck scan"),
  ]
}
