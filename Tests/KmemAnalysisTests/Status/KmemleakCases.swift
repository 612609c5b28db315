import KmemParsers
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
      }, .poolExhausted,
      shows: .kmemleak(
        .log("kmemleak: Memory pool empty, consider increasing CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE")
      ),
      remedy: .rebuild(
        .enlarge(
          .memoryPool, to: 64000,
          menu: MenuPath(
            menus: ["Kernel hacking", "Memory Debugging"], prompt: "Kmemleak memory pool size")))),
    KmemleakCase(
      "the early log overflowed",
      builtIn("4.19.1", and: "CONFIG_DEBUG_KMEMLEAK_EARLY_LOG_SIZE=20000") {
        $0.kernelLog = KmemleakLog(lines: [
          KmemleakLog.disabled,
          "kmemleak: Early log buffer exceeded (20613), please increase DEBUG_KMEMLEAK_EARLY_LOG_SIZE",
        ])
      }, .earlyLogExceeded, shows: .configLine("DEBUG_KMEMLEAK_EARLY_LOG_SIZE", .value("20000")),
      remedy: .rebuild(
        .enlarge(
          .earlyLog, to: 40000,
          menu: MenuPath(
            menus: ["Kernel hacking", "Memory Debugging"],
            prompt: "Maximum kmemleak early log entries")))),
    KmemleakCase(
      "no memory for its own objects",
      builtIn {
        $0.kernelLog = KmemleakLog(lines: [
          "kmemleak: Cannot allocate a kmemleak_object structure", KmemleakLog.disabled,
        ])
      }, .outOfMemory,
      shows: .kmemleak(.log("kmemleak: Cannot allocate a kmemleak_object structure")),
      remedy: .boot(.scanBeforeMemoryRunsOut)),
    KmemleakCase(
      "tracked objects overlap",
      builtIn {
        $0.kernelLog = KmemleakLog(lines: [
          "kmemleak: Cannot insert 0xffff888003c00000 into the object search tree (overlaps existing)"
        ])
      }, .overlap,
      shows: .kmemleak(
        .log(
          "kmemleak: Cannot insert 0xffff888003c00000 into the object search tree (overlaps existing)"
        )), remedy: .boot(.restartKmemleak)),
    KmemleakCase(
      "someone wrote off",
      builtIn {
        $0.kernelLog = KmemleakLog(lines: [KmemleakLog.initialized, KmemleakLog.disabled])
      }, .turnedOff, .inferred, shows: .kmemleak(.writtenOff), remedy: .boot(.restartKmemleak)),
    KmemleakCase(
      "disabled before it started, and no reason",
      builtIn { $0.kernelLog = KmemleakLog(lines: [KmemleakLog.disabled]) }, .disabled,
      shows: .kmemleak(.logHoldsNoReason), remedy: .boot(.restartKmemleak)),
    KmemleakCase(
      "up to 3.14 open says EBUSY",
      builtIn("3.10.0") {
        $0.kmemleak = FileFact(.failed, reason: "Device or resource busy")
      }, .disabled, shows: .kmemleak(.busy("Device or resource busy")),
      remedy: .boot(.restartKmemleak)),
    KmemleakCase(
      "up to 4.18 the file is missing", builtIn("4.14.0") { $0.kmemleak = FileFact(.absent) },
      .disabled, .inferred, shows: .kmemleak(.absent(.fileOfDisabled)),
      remedy: .boot(.restartKmemleak)),
  ]

  static let reaching: [KmemleakCase] = [
    KmemleakCase(
      "debugfs is not mounted",
      builtIn {
        $0.mounts = mounts(debugfs: false)
        $0.kmemleak = FileFact(.absent)
      }, .debugfsNotMounted, shows: .debugfsNotMounted, remedy: .command(.mountDebugfs)),
    KmemleakCase(
      "debugfs is not built in",
      facts("3.2.0", config: "CONFIG_DEBUG_KMEMLEAK=y\n# CONFIG_DEBUG_FS is not set\n") {
        $0.mounts = mounts(debugfs: false)
      }, .debugfsNotBuilt, shows: .configLine("DEBUG_FS", .no),
      remedy: enabling(.debugfs, "Kernel hacking", "Debug Filesystem")),
    KmemleakCase(
      "debugfs is not known to the kernel",
      facts {
        $0.mounts = mounts(debugfs: false)
        $0.filesystems = ["proc", "sysfs"]
        $0.hasKmemleakModule = true
      }, .debugfsNotBuilt, .inferred, shows: .debugfsNotListed,
      remedy: enabling(
        .debugfs, "Kernel hacking", "Generic Kernel Debugging Instruments", "Debug Filesystem")),
    KmemleakCase(
      "debugfs=off", builtIn(commandLine: "debugfs=off") { $0.mounts = mounts(debugfs: false) },
      .debugfsOff, shows: .commandLine("debugfs=off"), remedy: .boot(.allowDebugfs(instead: "off"))),
    KmemleakCase(
      "debugfs=no-mount",
      builtIn(commandLine: "debugfs=no-mount") { $0.mounts = mounts(debugfs: false) },
      .debugfsOff, shows: .commandLine("debugfs=no-mount"),
      remedy: .boot(.allowDebugfs(instead: "no-mount"))),
    KmemleakCase(
      "debugfs off by its default",
      builtIn(and: "CONFIG_DEBUG_FS_ALLOW_NONE=y") { $0.mounts = mounts(debugfs: false) },
      .debugfsOff, shows: .configLine("DEBUG_FS_ALLOW_NONE", .yes),
      remedy: .boot(.allowDebugfs(instead: nil))),
    KmemleakCase(
      "lockdown refuses root",
      builtIn {
        $0.lockdown = Lockdown(text: "none [integrity] confidentiality\n")
        $0.kmemleak = FileFact(.denied, reason: "Operation not permitted")
      }, .lockedDown, shows: .kmemleak(.lockdown(.integrity)), remedy: .boot(.liftLockdown)),
    KmemleakCase(
      "lockdown would refuse root, as an ordinary user knows",
      builtIn(userID: 1000) {
        $0.lockdown = Lockdown(text: "none integrity [confidentiality]")
        $0.kmemleak = FileFact(.denied, reason: "Permission denied")
      }, .lockedDown, .inferred, shows: .kmemleak(.lockdown(.confidentiality)),
      remedy: .boot(.liftLockdown)),
    KmemleakCase(
      "root is refused as lockdown does it",
      builtIn {
        $0.lockdown = nil
        $0.kmemleak = FileFact(.denied, reason: "Operation not permitted (EPERM)")
      }, .lockedDown, .inferred,
      shows: .kmemleak(.refused("Operation not permitted (EPERM)", .lockdown)),
      remedy: .boot(.liftLockdown)),
    KmemleakCase(
      "an ordinary user, and kmemleak is there",
      builtIn(userID: 1000) { $0.kmemleak = FileFact(.denied, reason: "Permission denied") },
      .denied, shows: .kmemleak(.refused("Permission denied", .notRoot)),
      remedy: .privilege(.askAsRoot)),
    KmemleakCase(
      "an ordinary user, and nothing tells whether it's there",
      facts(userID: 1000) { $0.kmemleak = FileFact(.denied, reason: "Permission denied") },
      .denied, .unknown, shows: .kmemleak(.refused("Permission denied", .notRootAndUndecided)),
      remedy: .privilege(.askAsRoot)),
    KmemleakCase(
      "root of a container",
      builtIn {
        $0.kmemleak = FileFact(.denied, reason: "Permission denied")
      }, .denied, shows: .kmemleak(.refused("Permission denied", .container)),
      remedy: .privilege(.askOnHost)),
  ]

  static let reading: [KmemleakCase] = [
    KmemleakCase(
      "the file can be read",
      builtIn { $0.kmemleak = FileFact(.read, isEmpty: true) }, .ready, .inferred,
      shows: .kmemleak(.notSeenDisabled), remedy: .command(.scan)),
    KmemleakCase(
      "the file can be read, and the configuration isn't this kernel's",
      facts(config: "# CONFIG_DEBUG_KMEMLEAK is not set\n") {
        $0.kmemleak = FileFact(.read, isEmpty: false)
      }, .ready, .inferred, shows: .kmemleak(.contradicted(finding("DEBUG_KMEMLEAK", .no))),
      remedy: .command(.scan)),
    KmemleakCase(
      "the thread runs",
      builtIn(and: "CONFIG_DEBUG_KMEMLEAK_DEFAULT_OFF=y") {
        $0.kmemleak = FileFact(.read, isEmpty: true)
        $0.hasKmemleakThread = true
      }, .running, shows: .kmemleak(.threadRuns), remedy: .command(.scan)),
    KmemleakCase(
      "the log says that the thread started",
      builtIn {
        $0.kmemleak = FileFact(.read, isEmpty: true)
        $0.kernelLog = KmemleakLog(lines: [
          KmemleakLog.initialized, "kmemleak: Automatic memory scanning thread started",
        ])
      }, .running, .inferred,
      shows: .kmemleak(.threadStarted("kmemleak: Automatic memory scanning thread started")),
      remedy: .command(.scan)),
    KmemleakCase(
      "the log says that the thread started and ended",
      builtIn {
        $0.kmemleak = FileFact(.read, isEmpty: true)
        $0.kernelLog = KmemleakLog(lines: [
          KmemleakLog.initialized, "kmemleak: Automatic memory scanning thread started",
          "kmemleak: Automatic memory scanning thread ended",
        ])
      }, .ready, .inferred, shows: .kmemleak(.log(KmemleakLog.initialized)), remedy: .command(.scan)
    ),
    KmemleakCase(
      "a capture of a readable file has nothing to do",
      builtIn {
        $0.isLive = false
        $0.kmemleak = FileFact(.truncated, isEmpty: false)
      }, .ready, .inferred, shows: .kmemleak(.listsObjects), remedy: nil),
    KmemleakCase(
      "lockdown is on, and the file is readable all the same",
      builtIn {
        $0.lockdown = .integrity
        $0.kmemleak = FileFact(.read, isEmpty: true)
      }, .ready, .inferred, shows: .kmemleak(.readable), remedy: .command(.scan)),
  ]
}
