package import KmemParsers

/// Where an option is found in `make menuconfig`.
package struct MenuPath: Hashable, Sendable {
  /// The menus from the top.
  package let menus: [String]
  /// The option's own line in the last of them.
  package let prompt: String
}

/// The places of the options in the menus of each kernel version.
///
/// Distributions keep the menus of the version they start from, so the version is a safe guide here.
/// Read whole in the sources of 6.1 and 6.12; each move before and between them by its commit:
///
/// | since | commit | what moved |
/// |---|---|---|
/// | 2.6.31 | 3bba00d7bdd5 | kmemleak appears, directly in Kernel hacking |
/// | 3.11 | 0610c8a8a258 | DEBUG_KMEMLEAK to Memory Debugging |
/// | 3.11 | 6dfc06651b3d | DEBUG_INFO, DEBUG_FS to Compile-time checks and compiler options |
/// | 3.6 | c255a458055e | CGROUP_MEM_RES_CTLR becomes MEMCG |
/// | 3.17 | 0c38e1fe0f12 | STACKTRACE can be chosen; until then others select it |
/// | 3.19 | 48c96a368579 | PAGE_OWNER appears, in Compile-time checks |
/// | 4.5 | a0166ec4b099 | the prompt of MEMCG becomes Memory controller |
/// | 5.1 | 8aa49762dba3 | PAGE_OWNER to Memory Debugging |
/// | 5.5 | ec29a5c197e6 | DEBUG_FS to Generic Kernel Debugging Instruments |
/// | 5.13 | b24abcff918a | BPF_SYSCALL to BPF subsystem |
/// | 5.18 | f9b3cd245784 | DEBUG_INFO becomes a choice of DWARF versions |
/// | 5.19 | 7b42f1041c98 | SLAB_MERGE_DEFAULT to Memory Management options |
/// | 5.19 | 0710d0122abc | SLUB_DEBUG to Memory Debugging |
///
/// Since 6.3 the option stands in `mm/Kconfig.debug` instead of `lib/Kconfig.debug`; the menu is the same.
/// Not checked against a dated commit: the first releases of DEBUG_KMEMLEAK_AUTO_SCAN (5.0), PSI (4.20),
/// SLAB_MERGE_DEFAULT (4.13), that the submenu's name lost its capitals with SLAB in 6.8, and whether
/// KALLSYMS is shown inside or below the menu for experts.
package enum Menuconfig {
  /// The option's place in that version's menus; nil if the version doesn't have the option.
  ///
  /// Where the version isn't known, it is the newest place.
  package static func path(of option: String, in version: KernelVersion?) -> MenuPath? {
    guard let places = table[option] else { return nil }
    guard let version else { return places.last?.path }
    return places.last { version.isAtLeast($0.since.0, $0.since.1, $0.since.2) }?.path
  }

  /// The first release with the option, such as `6.10`; nil if the option is older than the oldest
  /// release here.
  package static func firstRelease(of option: String) -> String? {
    guard let since = table[option]?.first?.since, since != (0, 0, 0) else { return nil }
    return since.2 == 0 ? "\(since.0).\(since.1)" : "\(since.0).\(since.1).\(since.2)"
  }

  private struct Place {
    let since: (Int, Int, Int)
    let path: MenuPath

    init(_ major: Int, _ minor: Int, patch: Int = 0, _ prompt: String, _ menus: String...) {
      since = (major, minor, patch)
      path = MenuPath(menus: menus, prompt: prompt)
    }
  }

  private static let hacking = "Kernel hacking"
  private static let memory = "Memory Debugging"
  private static let compile = "Compile-time checks and compiler options"
  private static let general = "General setup"

  private static let table: [String: [Place]] = [
    "DEBUG_KMEMLEAK": kmemleak("Kernel memory leak detector", (2, 6, 31)),
    "DEBUG_KMEMLEAK_DEFAULT_OFF": kmemleak("Default kmemleak to off", (2, 6, 36)),
    "DEBUG_KMEMLEAK_EARLY_LOG_SIZE": kmemleak("Maximum kmemleak early log entries", (2, 6, 31)),
    "DEBUG_KMEMLEAK_MEM_POOL_SIZE": [Place(5, 4, "Kmemleak memory pool size", hacking, memory)],
    "DEBUG_KMEMLEAK_AUTO_SCAN": [
      Place(5, 0, "Enable kmemleak auto scan thread on boot up", hacking, memory)
    ],
    "DEBUG_KERNEL": [Place(0, 0, "Kernel debugging", hacking)],
    "DEBUG_FS": [
      Place(0, 0, "Debug Filesystem", hacking),
      Place(3, 11, "Debug Filesystem", hacking, compile),
      Place(5, 5, "Debug Filesystem", hacking, "Generic Kernel Debugging Instruments"),
    ],
    "DEBUG_INFO": [
      Place(0, 0, "Compile the kernel with debug info", hacking),
      Place(3, 11, "Compile the kernel with debug info", hacking, compile),
      Place(
        5, 18, "Rely on the toolchain's implicit default DWARF version", hacking, compile,
        "Debug information"),
    ],
    "PAGE_OWNER": [
      Place(3, 19, "Track page owner", hacking, compile),
      Place(5, 1, "Track page owner", hacking, memory),
    ],
    "MEM_ALLOC_PROFILING": [
      Place(6, 10, "Enable memory allocation profiling", hacking, memory)
    ],
    "STACKTRACE": [Place(3, 17, "Stack backtrace support", hacking)],
    "SLUB_DEBUG": [
      Place(2, 6, patch: 22, "Enable SLUB debugging support", general),
      Place(5, 19, "Enable SLUB debugging support", hacking, memory),
    ],
    "SLAB_MERGE_DEFAULT": [
      Place(4, 13, "Allow slab caches to be merged", general),
      Place(
        5, 19, "Allow slab caches to be merged", "Memory Management options",
        "SLAB allocator options"),
      Place(
        6, 8, "Allow slab caches to be merged", "Memory Management options",
        "Slab allocator options"),
    ],
    "IKCONFIG": [Place(0, 0, "Kernel .config support", general)],
    "IKCONFIG_PROC": [
      Place(0, 0, "Enable access to .config through /proc/config.gz", general)
    ],
    "BPF_SYSCALL": [
      Place(3, 18, "Enable bpf() system call", general),
      Place(5, 13, "Enable bpf() system call", general, "BPF subsystem"),
    ],
    "PSI": [
      Place(
        4, 20, "Pressure stall information tracking", general,
        "CPU/Task time and stats accounting")
    ],
    "CGROUP_MEM_RES_CTLR": [
      Place(
        2, 6, patch: 25, "Memory Resource Controller for Control Groups", general,
        "Control Group support")
    ],
    "MEMCG": [
      Place(
        3, 6, "Memory Resource Controller for Control Groups", general, "Control Group support"),
      Place(4, 5, "Memory controller", general, "Control Group support"),
    ],
    "KALLSYMS": [Place(0, 0, "Load all symbols for debugging/ksymoops", general)],
    "KALLSYMS_ALL": [Place(0, 0, "Include all symbols in kallsyms", general)],
  ]

  private static func kmemleak(_ prompt: String, _ since: (Int, Int, Int)) -> [Place] {
    [
      Place(since.0, since.1, patch: since.2, prompt, hacking),
      Place(3, 11, prompt, hacking, memory),
    ]
  }
}

extension KernelVersion {
  /// Whether the release's three numbers are these or later ones.
  func isAtLeast(_ major: Int, _ minor: Int, _ patch: Int = 0) -> Bool {
    (self.major, self.minor, self.patch) >= (major, minor, patch)
  }
}
