import KmemParsers
import Testing

/// Lines with which the kernel reports faults that are neither leaks nor a lack of memory.
@Suite struct KernelComplaintTests {
  private func complaint(_ text: String) -> KernelComplaint? {
    let bytes = Array(text.utf8)
    return KernelComplaint(in: bytes.span)
  }

  @Test(arguments: [
    ("[ 1.0] BUG: KASAN: use-after-free in ntfs_lookup+0x7c/0x3970", KernelComplaint.Kind.misuse),
    ("[ 1.0] BUG: KASan: use after free in f+0x2c9/0x340 [m] at addr ffff880d59947040", .misuse),
    ("BUG: KFENCE: memory corruption in kfree+0x29d/0x2c0", .misuse),
    ("UBSAN: array-index-out-of-bounds in a.c:7:8", .undefined),
    ("watchdog: BUG: soft lockup - CPU#1 stuck for 22s! [kworker/1:0:19]", .lockup),
    ("rcu: INFO: rcu_sched self-detected stall on CPU", .lockup),
    ("INFO: task dd:77 blocked for more than 120 seconds.", .hungTask),
    ("unregister_netdevice: waiting for lo to become free. Usage count = 1", .keptReference),
    (
      "BUG kmem_a (Tainted: G  O): Objects remaining in kmem_a on __kmem_cache_shutdown()",
      .leftObjects
    ),
    ("BUG kmalloc-64 (Not tainted): Redzone overwritten", .corruption),
    ("[ 4.6]  out_of_memory.cold+0x2d/0x78", .shortageStack),
    ("Kernel panic - not syncing: Attempted to kill init!", .panic),
  ])
  func `each is known by its words`(line: String, kind: KernelComplaint.Kind) {
    #expect(complaint("a line\n\(line)\n")?.kind == kind)
    #expect(complaint("a line\n\(line)\n")?.line == 2)
  }

  @Test(arguments: [
    "usb 1-1: new device", "a BUG in my program", "INFO: all is well", "no installation stalled",
    "kmemleak: 3 new suspected memory leaks",
  ])
  func `other lines are none`(line: String) { #expect(complaint(line) == nil) }

  @Test func `a stack gives way to what else is reported`() {
    #expect(
      complaint(" out_of_memory+0x1/0x2\nUBSAN: shift\nKernel panic - not syncing: x\n")?.kind
        == .undefined)
  }
}
