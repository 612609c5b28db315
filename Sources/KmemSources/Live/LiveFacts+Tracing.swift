internal import Glibc
internal import KmemSnapshot

extension LiveFacts {
  /// The text of `/proc/kallsyms`; empty where it can't be read.
  package static func symbols() -> [UInt8] { readFile("/proc/kallsyms").bytes }

  /// Processors that are online.
  package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Whether a file begins with a text.
  package static func file(_ path: String, beginsWith text: String) -> Bool {
    readFile(path, limit: 1 << 12).bytes.starts(with: text.utf8)
  }

  /// Seconds since 1970 UTC.
  package static var wallClock: Int64 { Int64(time(nil)) }

  /// Whether there is a regular file at the path.
  package static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether system calls of this process are filtered: `Seccomp` in `/proc/self/status` (3.8).
  package static var isFiltered: Bool {
    text("/proc/self/status").map { status in
      status.split(separator: "\n").contains { $0.hasPrefix("Seccomp:") && $0.hasSuffix("2") }
    } ?? false
  }

  /// Whether the kernel has bpf(2): its setting exists with `CONFIG_BPF_SYSCALL` alone (kernel/bpf/syscall.c,
  /// 4.4).
  package static var hasProgramCalls: Bool {
    isFile("/proc/sys/kernel/unprivileged_bpf_disabled")
  }

  /// The first line of a small file; nil where it can't be read.
  package static func line(ofFile path: String) -> String? {
    text(path).map { String($0.prefix { $0 != "\n" }) }
  }
}
