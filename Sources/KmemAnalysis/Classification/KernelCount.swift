package import KmemSnapshot

/// Things that the kernel counts, and holds memory for.
package enum KernelCount: String, CaseIterable, Hashable, Sendable {
  /// Inodes in memory: `/proc/sys/fs/inode-nr`.
  case inodes
  /// Directory entries in memory: `/proc/sys/fs/dentry-state`.
  case dentries
  /// Open files: `/proc/sys/fs/file-nr`.
  case openFiles
  /// Sockets in use: `/proc/net/sockstat`.
  case sockets
  /// TCP connections that were closed, and that the kernel keeps for a minute (TIME_WAIT): `tw` of
  /// `/proc/net/sockstat`.
  case timeWait
  /// Connections that a packet filter tracks, which the kernel keeps for seconds to days:
  /// `nf_conntrack_count`; in kernels with the module nf_conntrack.
  case trackedConnections
  /// Threads of all processes and of the kernel: `/proc/loadavg`.
  case threads
  /// Processes with memory of their own, zombies and kernel threads not among them: the directories
  /// of `/proc`.
  case processes
  /// Processes that ended, and whose parents haven't waited for them: state `Z` in `/proc/PID/stat`.
  case zombies
  /// Pages of 4 KiB in buffers of TCP, UDP and other sockets: `mem` of `/proc/net/sockstat`.
  case socketBuffers
  /// Mounts that the reader sees: `/proc/mounts`.
  case mounts
  /// Routes of the reader's network namespace, of which each address has some:
  /// `/proc/net/fib_triestat` and `/proc/net/rt6_stats`.
  case routes
  /// Removed control groups to which memory is still charged: `cgroup.stat` of the root.
  case dyingCgroups
  /// Control groups: `nr_descendants` of the root's `cgroup.stat`, and those of version 1 in
  /// `/proc/cgroups`.
  case controlGroups
  /// Semaphores of System V: `nsems` of `/proc/sysvipc/sem`.
  case semaphores
  /// Messages in queues of System V: `qnum` of `/proc/sysvipc/msg`.
  case messages
  /// Namespaces that a mount holds: `nsfs` in `/proc/mounts`.
  case namespaces

  /// The counts that are followed over time: what programs make the kernel hold one for one.
  package static let followed: [KernelCount] = [
    .openFiles, .sockets, .threads, .controlGroups, .semaphores, .messages,
  ]

  /// Whether it is counted where processes are read, at their interval.
  package var isOfProcesses: Bool { self == .processes || self == .zombies }
}

extension KernelCount {
  /// Whose the memory is that is held for them.
  package var side: MemorySide {
    switch self {
    case .inodes, .dentries: .cache
    case .openFiles, .sockets, .timeWait, .trackedConnections, .threads, .processes, .zombies,
      .socketBuffers, .mounts, .routes, .dyingCgroups, .controlGroups, .semaphores, .messages,
      .namespaces:
      .heldForUserSpace
    }
  }

  /// The slab cache that has one object for each of them; nothing where none does.
  package var cache: String? {
    switch self {
    case .threads: "task_struct"
    case .openFiles: "filp"
    case .sockets: "sock_inode_cache"
    case .mounts: "mnt_cache"
    case .timeWait, .trackedConnections, .processes, .zombies, .socketBuffers, .inodes, .dentries,
      .routes, .dyingCgroups, .controlGroups, .semaphores, .messages, .namespaces:
      nil
    }
  }
}

extension KernelCounts {
  /// The number of these things; nothing where the file that tells it wasn't read.
  package subscript(things: KernelCount) -> Int64? {
    switch things {
    case .inodes: inodes
    case .dentries: dentries
    case .openFiles: openFiles
    case .sockets: sockets
    case .timeWait: timeWait
    case .trackedConnections: trackedConnections
    case .threads: tasks
    // Two moments compare what the kernel lists; these are only followed over time.
    case .processes, .zombies, .socketBuffers: nil
    case .mounts: mounts
    case .routes: routes
    case .dyingCgroups: dyingCgroups
    case .controlGroups: controlGroups
    case .semaphores: semaphores
    case .messages: messages
    case .namespaces: namespaces
    }
  }
}
