internal import Glibc
internal import KmemSnapshot
internal import SystemPackage

/// Facts of the running machine that aren't the contents of a file.
package enum LiveFacts {
  /// Whether root runs this process.
  package static var isRoot: Bool { geteuid() == 0 }

  /// Whether the kernel's `/proc` is mounted, which isn't so in each container and rescue shell.
  package static var hasProc: Bool { unsafe access("/proc/self/stat", F_OK) == 0 }

  /// Whether a file exists and it, with the directory that it lies in, is root's.
  package static func isRoots(_ path: String) -> Bool {
    let folder = FilePath(path).removingLastComponent().string
    return [path, folder].allSatisfy { place in
      var status = stat()
      return unsafe stat(place, &status) == 0 && status.st_uid == 0
    }
  }

  /// The number of this very process.
  package static var ownProcess: Int { Int(getpid()) }

  /// The name under which the kernel knows this process: `/proc/self/comm` (2.6.33).
  package static var ownName: String? {
    text("/proc/self/comm").map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 }
  }

  /// The value of an environment variable; one that is empty counts as not set.
  package static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// The text of `/proc/modules`.
  package static func modules() -> [UInt8] { readFile("/proc/modules").bytes }

  /// Whether the process sees a container's processes instead of the machine's, and whether its root is
  /// none of the machine's.
  ///
  /// The first namespaces have numbers of their own (`include/linux/proc_ns.h`, 3.8 and later); marks
  /// such as `/.dockerenv` also lie in virtual machines made of images.
  package static var container: (isThere: Bool, isRootless: Bool) {
    func isOther(_ kind: String, than first: UInt32) -> Bool {
      linkTarget("/proc/self/ns/\(kind)").map { $0 != "\(kind):[\(first)]" } ?? false
    }
    let isRootless = isOther("user", than: 0xEFFF_FFFD)
    return (isRootless || isOther("pid", than: 0xEFFF_FFFC), isRootless)
  }

  /// The names in a directory; none where it can't be read.
  package static func entries(of directory: String) -> [String] {
    ((try? listDirectory(directory, limit: 20_000)) ?? []).map(\.name)
  }

  /// The name of a user of the running machine; nil if no user has that id.
  package static func userName(_ id: UInt32) -> String? {
    var entry = unsafe passwd()
    var result: UnsafeMutablePointer<passwd>? = nil
    var room = [CChar](repeating: 0, count: 1 << 14)
    let size = room.count
    guard unsafe getpwuid_r(id, &entry, &room, size, &result) == 0, unsafe result != nil,
      let name = unsafe entry.pw_name
    else { return nil }
    return unsafe String(cString: name)
  }

  /// Whether there is a directory at the path.
  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a kernel thread of that name runs; nothing where other users' processes are hidden.
  ///
  /// A kernel thread is a process without a command line.
  package static func hasKernelThread(named name: String) -> Bool? {
    guard let entries = try? listDirectory("/proc") else { return nil }
    let processes = entries.map(\.name).filter { $0.allSatisfy(\.isNumber) }
    // Process 2 is kthreadd; with hidepid, other users don't even see that it exists.
    guard processes.contains("2") else { return nil }
    return processes.contains { process in
      text("/proc/\(process)/comm") == name + "\n" && text("/proc/\(process)/cmdline") == ""
    }
  }

  /// How many kernel threads there are; nothing where other users' processes are hidden.
  ///
  /// `PF_KTHREAD` in the ninth field of `/proc/PID/stat` tells them (include/linux/sched.h, 2.6.27).
  package static func kernelThreads() -> Int64? {
    guard let entries = try? listDirectory("/proc") else { return nil }
    let processes = entries.map(\.name).filter { $0.allSatisfy(\.isNumber) }
    guard processes.contains("2") else { return nil }
    return Int64(processes.count { text("/proc/\($0)/stat").map(isKernelThread) ?? false })
  }

  /// Whether the flags of a line of `/proc/PID/stat` are a kernel thread's.
  static func isKernelThread(stat: String) -> Bool {
    // The command's name, in parentheses, may hold spaces and parentheses.
    guard let end = stat.lastIndex(of: ")") else { return false }
    let fields = stat[stat.index(after: end)...].split(separator: " ")
    guard fields.count > 6, let flags = UInt64(fields[6]) else { return false }
    return flags & 0x0020_0000 != 0
  }

  /// The text of a small file; nil where it can't be read.
  static func text(_ path: String) -> String? {
    let reading = readFile(path, limit: 1 << 14)
    return reading.outcome == .read ? String(decoding: reading.bytes, as: UTF8.self) : nil
  }
}
