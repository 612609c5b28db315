package import KmemAnalysis

extension SeriesID {
  /// The series as a user knows it: `slab cache kmalloc-2k`.
  package var title: String {
    switch self {
    case .system: "memory in use"
    case .side(let side): side.amount
    case .memoryClass(let memoryClass): memoryClass.title
    case .slabCache(let name): "slab cache \(name)"
    case .vmallocCaller(let caller): "vmalloc by \(caller.title)"
    case .allocationSite(let tag): "\(tag.file):\(tag.line) \(tag.function)\(Self.mark(tag.module))"
    case .module(let name): "module \(name)"
    case .count(let things): things.title
    case .cgroup(let path): "cgroup \(path)"
    case .process(let process, .memory): "process \(process.title)"
    case .process(let process, let facet): "\(facet.title) of process \(process.title)"
    case .command(let name): "command \(name)"
    case .commandProcesses(let name): "processes of command \(name)"
    }
  }

  /// Where the memory lies, for a sentence: `in shmem and tmpfs`, `in no class`.
  var location: String {
    switch self {
    case .memoryClass(.unaccounted), .side(.unaccounted): MemorySide.unaccounted.title
    default: "in \(title)"
    }
  }

  /// The title without the kind, for tables that say the kind beside it.
  var name: String {
    switch self {
    case .slabCache(let name), .module(let name), .cgroup(let name), .command(let name),
      .commandProcesses(let name):
      name
    case .vmallocCaller(let caller): caller.title
    case .side(let side): side.title
    case .process(let process, _): process.title
    case .system, .memoryClass, .allocationSite, .count: title
    }
  }

  /// Whether the title is in the plural.
  var isPlural: Bool {
    switch self {
    case .count, .commandProcesses, .process(_, .files), .process(_, .threads),
      .process(_, .children), .process(_, .zombies):
      true
    case .system, .side, .memoryClass, .slabCache, .vmallocCaller, .allocationSite, .module,
      .cgroup, .process, .command:
      false
    }
  }

  static func mark(_ module: String?) -> String { module.map { " [\($0)]" } ?? "" }
}

extension MemorySide {
  /// Whose the memory is, as a row of a table names it.
  package var title: String {
    switch self {
    case .free: "free"
    case .userSpace: "user space"
    case .heldForUserSpace: "held for user space"
    case .cache: "cache"
    case .kernel: "kernel"
    case .unaccounted: "in no class"
    case .debugging: "debugging"
    }
  }

  /// The title for a column, shorter on a narrow terminal.
  func title(width: Int?) -> String {
    self == .heldForUserSpace && (width ?? .max) < 110 ? "held" : title
  }

  /// The memory on that side, as a sentence names it.
  fileprivate var amount: String {
    switch self {
    case .free: "free memory"
    case .userSpace: "memory of user space"
    case .heldForUserSpace: "memory held for user space"
    case .cache: "cache"
    case .kernel: "memory of the kernel"
    case .unaccounted: "memory in no class"
    case .debugging: "memory of debugging"
    }
  }
}

extension VmallocCaller {
  /// The function, and its module in brackets.
  var title: String { caller + SeriesID.mark(module) }
}

extension ProcessName {
  /// Pid and command.
  var title: String { "\(pid) \(comm)" }
}

extension ProcessFacet {
  /// What of a process it is.
  var title: String {
    switch self {
    case .memory: "memory"
    case .shared: "shared memory"
    case .files: "open files"
    case .threads: "threads"
    case .children: "children"
    case .zombies: "zombies"
    case .space: "address space"
    }
  }
}

extension KernelCount {
  /// What is counted, in the plural.
  package var title: String {
    switch self {
    case .inodes: "inodes in memory"
    case .dentries: "directory entries"
    case .openFiles: "open files"
    case .sockets: "sockets"
    case .timeWait: "connections in TIME_WAIT"
    case .trackedConnections: "tracked connections"
    case .threads: "threads"
    case .processes: "processes"
    case .zombies: "zombies"
    case .socketBuffers: "pages of socket buffers"
    case .mounts: "mounts"
    case .routes: "addresses and routes"
    case .dyingCgroups: "dying cgroups"
    case .controlGroups: "control groups"
    case .semaphores: "semaphores"
    case .messages: "messages in queues"
    case .namespaces: "namespaces"
    }
  }

  /// What one of them is.
  private var singular: String {
    switch self {
    case .inodes: "inode in memory"
    case .dentries: "directory entry"
    case .openFiles: "open file"
    case .sockets: "socket"
    case .timeWait: "connection in TIME_WAIT"
    case .trackedConnections: "tracked connection"
    case .threads: "thread"
    case .processes: "process"
    case .zombies: "zombie"
    case .socketBuffers: "page of socket buffers"
    case .mounts: "mount"
    case .routes: "address or route"
    case .dyingCgroups: "dying cgroup"
    case .controlGroups: "control group"
    case .semaphores: "semaphore"
    case .messages: "message in a queue"
    case .namespaces: "namespace"
    }
  }

  /// What a number of them, as it is written, is a number of: `thread` after `1`.
  func title(after number: String) -> String { number == "1" ? singular : title }

  /// The file that the count is read from.
  var origin: String {
    switch self {
    case .inodes: "/proc/sys/fs/inode-nr"
    case .dentries: "/proc/sys/fs/dentry-state"
    case .openFiles: "/proc/sys/fs/file-nr"
    case .sockets, .timeWait: "/proc/net/sockstat"
    case .trackedConnections: "/proc/sys/net/netfilter/nf_conntrack_count"
    case .threads: "/proc/loadavg"
    case .processes: "/proc"
    case .zombies: "/proc/PID/stat"
    case .socketBuffers: "/proc/net/sockstat"
    case .mounts: "/proc/mounts"
    case .routes: "/proc/net/fib_triestat"
    case .dyingCgroups: "cgroup.stat"
    case .controlGroups: "/proc/cgroups"
    case .semaphores: "/proc/sysvipc/sem"
    case .messages: "/proc/sysvipc/msg"
    case .namespaces: "/proc/mounts"
    }
  }
}
