/// What an object is that the kernel counts references to, told by the function that makes it.
///
/// Such an object leaks where a reference is kept too many, and that may be far from where it was made:
/// a stack of the allocation can't tell it.
package enum CountedObject: String, Hashable, Sendable, CaseIterable {
  /// `kernel/cred.c`: put_cred() too few.
  case credentials
  /// `kernel/pid.c`: put_pid() too few.
  case pid
  /// `fs/file_table.c`: fput() too few.
  case file
  /// `fs/dcache.c`: dput() too few.
  case directoryEntry
  /// `kernel/fork.c`: put_task_struct() too few.
  case task
  /// `kernel/fork.c`: mmput() or mmdrop() too few.
  case addressSpace
  /// `net/core/net_namespace.c`, `kernel/user_namespace.c` and others of their kind.
  case namespace
  /// `net/core/dst.c`: dst_release() too few.
  case route

  /// Nothing for a function that makes no such object.
  init?(madeBy symbol: String) {
    guard let kind = Self.makers[String(AllocatorFunctions.stem(symbol))] else { return nil }
    self = kind
  }

  private static let makers: [String: CountedObject] = [
    "prepare_creds": .credentials, "cred_alloc_blank": .credentials,
    "prepare_kernel_cred": .credentials, "prepare_exec_creds": .credentials, "alloc_pid": .pid,
    "alloc_file": .file, "alloc_empty_file": .file, "get_empty_filp": .file,
    "alloc_empty_file_noaccount": .file, "d_alloc": .directoryEntry, "dup_task_struct": .task,
    "alloc_task_struct_node": .task, "mm_alloc": .addressSpace, "mm_init": .addressSpace,
    "dup_mm": .addressSpace, "copy_net_ns": .namespace, "create_user_ns": .namespace,
    "copy_pid_ns": .namespace, "copy_mnt_ns": .namespace, "alloc_mnt_ns": .namespace,
    "copy_ipcs": .namespace, "copy_utsname": .namespace, "dst_alloc": .route,
  ]
}

extension LeakGroup {
  /// What the objects are, where references to them are counted; nothing where that isn't known.
  package var counted: CountedObject? {
    culprit?.symbol.flatMap { CountedObject(madeBy: LeakFrame.withoutCompilerSuffix($0)) }
  }
}
