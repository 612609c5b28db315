extension VmallocCaller {
  /// The functions that make stacks of threads (kernel/fork.c), by release.
  private static let stackMakers = [
    "dup_task_struct", "alloc_thread_stack", "copy_process", "kernel_clone", "_do_fork",
    "fork_idle",
  ]

  /// Whether a function, as `/proc/vmallocinfo` prints it, makes stacks of threads.
  static func makesStacks(_ caller: String) -> Bool {
    stackMakers.contains(where: caller.hasPrefix)
  }

  /// Whether the area is a thread's stack, which the books have as a class of its own.
  var isStack: Bool { Self.makesStacks(caller) }

  /// Whether the area belongs to the chunks that per-CPU objects of many owners share.
  package var isPercpu: Bool { caller.hasPrefix(Self.percpuPrefix) }

  /// The functions of mm/percpu.c that take vmalloc memory begin so.
  static let percpuPrefix = "pcpu_"

  package var side: MemorySide { isStack ? .heldForUserSpace : .kernel }
}
