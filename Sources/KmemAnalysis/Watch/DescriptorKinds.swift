/// What the open descriptors of a process are, of as many as were looked at.
package struct DescriptorKinds: Hashable, Sendable {
  /// How many descriptors of each kind were met.
  package private(set) var counts: [Kind: Int] = [:]

  /// What a descriptor stands for.
  package enum Kind: Hashable, Sendable {
    case pipe, socket
    /// A file with a path.
    case file
    /// A file in memory without a path (memfd_create(2)), whose contents are shared memory.
    case memory
    /// A device, whose driver may hold any amount for it.
    case device
    /// An object that has no path, by the name that the kernel gives it: `[eventfd]`, `bpf-map`.
    case anonymous(String)
  }

  /// No descriptor was met yet.
  package init() {}

  /// Adds one, by what `/proc/PID/fd/N` points to: `pipe:[8123]`, `anon_inode:[eventfd]`, `/dev/kvm`.
  package mutating func add(link: String) {
    let kind: Kind =
      if link.hasPrefix("pipe:") {
        .pipe
      } else if link.hasPrefix("socket:") {
        .socket
      } else if link.hasPrefix("anon_inode:") {
        .anonymous(link.dropFirst(11).filter { $0 != "[" && $0 != "]" })
      } else if link.hasPrefix("/memfd:") {
        .memory
      } else if link.hasPrefix("/dev/"), !Self.plainDevices.contains(where: link.hasPrefix) {
        .device
      } else {
        .file
      }
    counts[kind, default: 0] += 1
  }

  /// The kind of more than half of them.
  package var most: Kind? {
    let all = counts.values.reduce(0, +)
    return counts.first { $0.value * 2 > all }?.key
  }

  /// The most bytes of kernel memory that one more of them holds, on the average.
  var mostBytes: Double {
    let all = counts.values.reduce(0, +)
    guard all > 0 else { return KernelCount.openFiles.mostBytes }
    return counts.reduce(0) { $0 + $1.key.mostBytes * Double($1.value) } / Double(all)
  }

  /// The most bytes of those that are in it: data that nobody read, rings, maps.
  var mostContents: Double { max(0, mostBytes - KernelCount.openFiles.mostBytes) }

  /// The most bytes that a descriptor of unknown kind holds at default settings: a full socket has
  /// 208 KiB (`net.core.wmem_default`), a pipe 64 KiB.
  static let unknownMost = 262_144.0

  /// Devices that hold nothing for who opens them; shared memory of `/dev/shm` is a class of its own.
  private static let plainDevices = [
    "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/shm/", "/dev/pts/",
    "/dev/tty", "/dev/hugepages/",
  ]
}

extension DescriptorKinds.Kind {
  /// The most bytes of kernel memory that one holds.
  fileprivate var mostBytes: Double {
    switch self {
    case .file, .memory: KernelCount.openFiles.mostBytes
    // Half a pipe of 1 MiB (`fs.pipe-max-size`).
    case .pipe: 524_288
    // The largest default of both buffers: 6 MiB of `net.ipv4.tcp_rmem`, 4 MiB of `tcp_wmem`.
    case .socket: 10_485_760
    // Rings of perf and io_uring, maps of BPF, virtual machines: as much as was asked for.
    case .device: .infinity
    case .anonymous("eventfd"), .anonymous("signalfd"), .anonymous("timerfd"), .anonymous("pidfd"):
      KernelCount.openFiles.mostBytes
    // A watch for each of 1,024 files, of 200 bytes, with a mark at each inode.
    case .anonymous("eventpoll"), .anonymous("inotify"): DescriptorKinds.unknownMost
    case .anonymous: .infinity
    }
  }
}
