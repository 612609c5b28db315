import KmemAnalysis

extension CountedObject {
  /// That the frame which is named may not be the one to blame, with what to look for.
  var sentence: String {
    "\(noun) are counted by references: the leak is one that was kept, here or elsewhere, by code "
      + "that took it and no stack tells (look for \(release) that is missing)"
  }

  private var noun: String {
    switch self {
    case .credentials: "credentials (struct cred)"
    case .pid: "process ids (struct pid)"
    case .file: "open files (struct file)"
    case .directoryEntry: "directory entries (struct dentry)"
    case .task: "tasks (struct task_struct)"
    case .addressSpace: "address spaces (struct mm_struct)"
    case .namespace: "namespaces"
    case .route: "routes (struct dst_entry)"
    }
  }

  private var release: String {
    switch self {
    case .credentials: "a put_cred"
    case .pid: "a put_pid"
    case .file: "an fput"
    case .directoryEntry: "a dput"
    case .task: "a put_task_struct"
    case .addressSpace: "an mmput or mmdrop"
    case .namespace: "a put_net, put_user_ns or the like"
    case .route: "a dst_release"
    }
  }
}
