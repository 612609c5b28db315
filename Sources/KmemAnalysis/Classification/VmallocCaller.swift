/// Who asked for a vmalloc area: the function, and its module if it's in one.
package struct VmallocCaller: Hashable, Comparable, Sendable {
  /// The function with the offset in it, as printed: `load_module+0x5c/0x1a0`.
  package let caller: String
  /// The module that the function is in; nothing for the kernel itself.
  package let module: String?

  /// The caller as printed, and its module.
  package init(caller: String, module: String?) {
    self.caller = caller
    self.module = module
  }

  package static func < (first: Self, second: Self) -> Bool {
    (first.caller, first.module ?? "") < (second.caller, second.module ?? "")
  }
}

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

  /// Whose the areas of the caller are.
  package var side: MemorySide { isStack ? .heldForUserSpace : .kernel }

  /// Whether the area holds a module's text and data, which the module's own size counts.
  var isModuleLoader: Bool {
    ["load_module", "move_module", "module_alloc", "layout_and_allocate", "execmem_"].contains {
      caller.hasPrefix($0)
    }
  }
}
