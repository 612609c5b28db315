import KmemParsers
import Testing

@testable import KmemAnalysis
@testable import KmemReport

@Suite struct RemedyWordsTests {
  @Test(arguments: atOnce + boots + builds)
  func `a remedy says what to do, what to type and what it costs`(
    remedy: Remedy, sentence: String
  ) {
    #expect(remedy.sentence == sentence)
  }

  private static let atOnce: [(Remedy, String)] = [
    (.privilege(.askAsRoot), "Ask again as root: sudo kmemcheck status."),
    (.privilege(.captureAsRoot), "Capture again as root: sudo kmemcheck snap."),
    (
      .privilege(.askOnHost),
      "Ask on the host itself, outside the container: sudo kmemcheck status."
    ),
    (
      .privilege(.compareAsRoot), "Take both snapshots as root: /proc/allocinfo names the lines."
    ),
    (.command(.mountDebugfs), "Mount debugfs: sudo mount -t debugfs none /sys/kernel/debug."),
    (
      .command(.giveConfiguration),
      "Give the configuration this kernel was built with: kmemcheck status --config FILE."
    ),
    (
      .command(.scan),
      "Let it scan, twice and some seconds apart as it needs: sudo kmemcheck scan. Cost: seconds of "
        + "one processor for each scan."
    ),
    (
      .command(.startScanner),
      "Start the scanner: sudo kmemcheck kmemleak scan=on. Cost: seconds of one processor every 10 "
        + "minutes."
    ),
    (
      .command(.showAddresses),
      "Let the kernel show addresses to root: sudo sysctl kernel.kptr_restrict=1. Cost: a process "
        + "that is root learns where the kernel lies in memory."
    ),
    (
      .command(.switchProfilingOn),
      "Switch profiling on; it counts what is allocated from then on: sudo sysctl "
        + "vm.mem_profiling=1. Cost: little time."
    ),
    (
      .command(.compareSnapshots(needsSudo: true)),
      "Compare two moments, which needs no kmemleak: sudo kmemcheck snap; sleep 600; sudo kmemcheck "
        + "diff."
    ),
    (
      .command(.countAllocations),
      "Count allocations by line of source from now on, then compare anew: sudo sysctl "
        + "vm.mem_profiling=1. Cost: up to a tenth of allocations' time."
    ),
    (
      .command(.compareSinceProfiling),
      "Allocation profiling counts since then: compare two snapshots taken from now on. Cost: none."
    ),
    (
      .command(.sumPages),
      "Sum the list of all pages, once now and once later: sudo kmemcheck snap --costly. Cost: "
        + "seconds, and one walk over all pages."
    ),
    (
      .command(.compareSinceTraces(cache: "demo")),
      "Take two snapshots: the first had no traces of demo."
    ),
  ]

  private static let boots: [(Remedy, String)] = [
    (
      .boot(.add(.kmemleak)),
      "Add a parameter to the kernel's command line and reboot: kmemleak=on. Cost: a reboot, then "
        + "slower allocation, memory for each allocated object."
    ),
    (
      .boot(.add(.slabTraces(.slab))),
      "Add a parameter to the kernel's command line and reboot: slab_debug=U. Cost: a reboot, then "
        + "two more words and a stack for each object, and slower allocation; a list of caches after "
        + "it keeps that small (slab_debug=U,kmalloc-64)."
    ),
    (
      .boot(.add(.noMerge(.slab))),
      "Add a parameter to the kernel's command line and reboot: slab_nomerge. Cost: a reboot, then a "
        + "few MiB, as caches no longer share pages."
    ),
    (
      .boot(.add(.memoryProfiling)),
      "Add a parameter to the kernel's command line and reboot: sysctl.vm.mem_profiling=1. Cost: a "
        + "reboot, then some MiB and little time: meant for production."
    ),
    (
      .boot(.add(.pageOwner)),
      "Add a parameter to the kernel's command line and reboot: page_owner=on. Cost: a reboot, then "
        + "about 1 % of memory, and slower page allocation."
    ),
    (
      .boot(.add(.pressure)),
      "Add a parameter to the kernel's command line and reboot: psi=1. Cost: a reboot, then next to "
        + "nothing."
    ),
    (
      .boot(.removeKmemleakOff),
      "Replace kmemleak=off on the kernel's command line and reboot, with: kmemleak=on. Cost: a "
        + "reboot, then slower allocation, memory for each allocated object."
    ),
    (
      .boot(.restartKmemleak),
      "Reboot, as a disabled kmemleak can't be switched on again; make sure of it with: kmemleak=on. "
        + "Cost: a reboot, and the leaks of this boot are out of reach."
    ),
    (
      .boot(.allowDebugfs(instead: "off")),
      "Replace debugfs=off on the kernel's command line and reboot, with: debugfs=on. Cost: a reboot."
    ),
    (
      .boot(.allowDebugfs(instead: nil)),
      "Add a parameter to the kernel's command line and reboot, as debugfs is off by default: "
        + "debugfs=on. Cost: a reboot."
    ),
    (
      .boot(.scanBeforeMemoryRunsOut),
      "Reboot and scan before memory runs out, with: kmemleak=on. Cost: a reboot, and the leaks of "
        + "this boot are out of reach."
    ),
    (
      .command(.trace(.cache("kmalloc-2k"))),
      "Trace for a minute who keeps what is allocated, while it grows: sudo kmemcheck trace "
        + "kmalloc-2k. Cost: at most 1 % of the processors for that minute."
    ),
    (
      .boot(.separateCaches(.noMerge(.slab))),
      "Boot so that each of the merged caches counts for itself: slab_nomerge. Cost: a few MiB, as "
        + "caches no longer share pages."
    ),
    (
      .boot(.tracePages),
      "Boot so that the kernel notes who allocates pages: page_owner=on. Cost: about 1 % of memory, "
        + "and slower page allocation."
    ),
    (
      .boot(.liftLockdown),
      "Take lockdown= off the kernel's command line; where Secure Boot set it, switch that off in the "
        + "firmware or with: sudo mokutil --disable-validation. Cost: a reboot without the protection "
        + "that lockdown gives."
    ),
    (
      .boot(.traceCache("demo", parameter: .slabTraces(.slub))),
      "Boot so that the kernel notes who allocates from it: slub_debug=U,demo. Cost: a stack and two "
        + "words for each object of that cache."
    ),
  ]

  private static let memory = MenuPath(
    menus: ["Kernel hacking", "Memory Debugging"], prompt: "Kernel memory leak detector")

  private static let builds: [(Remedy, String)] = [
    (
      .rebuild(.enable(.kmemleak, .menu(memory), by: .alone)),
      "Build the kernel with CONFIG_DEBUG_KMEMLEAK=y (menuconfig: Kernel hacking → Memory Debugging → "
        + "Kernel memory leak detector): scripts/config --enable DEBUG_KMEMLEAK. Cost: a kernel build "
        + "and a reboot, then slower allocation, memory for each allocated object."
    ),
    (
      .rebuild(.enable(.kmemleak, .menu(memory), by: .withKernelDebugging)),
      "Build the kernel with CONFIG_DEBUG_KMEMLEAK=y (menuconfig: Kernel hacking → Memory Debugging → "
        + "Kernel memory leak detector): scripts/config --enable DEBUG_KERNEL --enable "
        + "DEBUG_KMEMLEAK. Cost: a kernel build and a reboot, then slower allocation, memory for each "
        + "allocated object."
    ),
    (
      .rebuild(.enable(.allocationProfiling, .laterKernel(first: "6.10"), by: .alone)),
      "Run Linux 6.10 or later, which is the first with this option, built with: "
        + "CONFIG_MEM_ALLOC_PROFILING=y. Cost: another kernel, and some MiB and little time: meant "
        + "for production."
    ),
    (
      .rebuild(.enable(.slabDebug, .menu(memory), by: .inPlaceOf(allocator: "SLAB"))),
      "Build the kernel with CONFIG_SLUB=y in place of SLAB, and CONFIG_SLUB_DEBUG=y (menuconfig: "
        + "Kernel hacking → Memory Debugging → Kernel memory leak detector): scripts/config --disable "
        + "SLAB --enable SLUB --enable SLUB_DEBUG. Cost: a kernel build and a reboot, then some KiB "
        + "of code."
    ),
    (
      .rebuild(.enable(.debugInfo, .menu(memory), by: .byDwarfVersion)),
      "Build the kernel with CONFIG_DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT=y (menuconfig: Kernel hacking "
        + "→ Memory Debugging → Kernel memory leak detector): scripts/config --disable "
        + "DEBUG_INFO_NONE --enable DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT. Cost: a kernel build and a "
        + "reboot, then gigabytes of disk for the build."
    ),
    (
      .rebuild(.enlarge(.memoryPool, to: 64000, menu: nil)),
      "Build the kernel with a larger CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE: scripts/config --set-val "
        + "DEBUG_KMEMLEAK_MEM_POOL_SIZE 64000. Cost: a kernel build and a reboot."
    ),
    (
      .rebuild(.enlarge(.earlyLog, to: 40000, menu: nil)),
      "Build the kernel with a larger CONFIG_DEBUG_KMEMLEAK_EARLY_LOG_SIZE: scripts/config --set-val "
        + "DEBUG_KMEMLEAK_EARLY_LOG_SIZE 40000. Cost: a kernel build and a reboot."
    ),
  ]
}
