/// Pseudonyms of paths, component by component, so that a hierarchy stays what it was.
struct PathNames {
  /// Names that every system has, and what the program tells kinds of mappings and groups by.
  private static let common: Set<String> = [
    "", "*", ".", "..", "bin", "dev", "etc", "home", "lib", "lib64", "opt", "proc", "root", "run",
    "sbin",
    "srv", "sys", "tmp", "usr", "var", "log", "mnt", "media", "boot", "shm", "zero", "ashmem", "fs",
    "cgroup", "unified", "memory", "debug", "tracing", "kernel", "system.slice", "user.slice",
    "machine.slice", "init.scope", "kubepods.slice", "kubepods", "docker", "rootfs", "none", "proc",
    "sysfs", "tmpfs", "devtmpfs", "debugfs", "tracefs", "cgroup2", "overlay", "devpts", "hugetlbfs",
    "mqueue", "securityfs", "pstore", "bpf", "configfs", "fusectl", "udev", "shmem",
  ]

  private static let endings = [
    ".service", ".scope", ".slice", ".mount", ".socket", ".swap", ".so",
  ]

  /// The path under pseudonyms; ` (deleted)` and the names of anonymous memory stay.
  static func replaced(_ path: some StringProtocol, _ pseudonyms: inout Pseudonyms) -> String {
    let deleted = " (deleted)"
    if path.hasSuffix(deleted) {
      return replaced(String(path.dropLast(deleted.count)), &pseudonyms) + deleted
    }
    return path.split(separator: "/", omittingEmptySubsequences: false)
      .map { component($0, &pseudonyms) }.joined(separator: "/")
  }

  private static func component(_ name: some StringProtocol, _ pseudonyms: inout Pseudonyms)
    -> String
  {
    if common.contains(String(name)) { return String(name) }
    if name.hasPrefix("memfd:") { return "memfd:" + pseudonyms.word(.name, name.dropFirst(6)) }
    if name.hasPrefix("SYSV") { return "SYSV" + pseudonyms.digits(.name, name.dropFirst(4)) }
    if name.hasPrefix("anon_hugepage") { return "anon_hugepage" }
    let ending = endings.first { name.hasSuffix($0) } ?? ""
    return pseudonyms.word(.name, name.dropLast(ending.count)) + ending
  }

  /// A name in brackets that tells the kind of a mapping: `[heap]`, `[anon:NAME]`.
  static func bracketed(_ name: String, _ pseudonyms: inout Pseudonyms) -> String {
    guard name.hasSuffix("]") else { return pseudonyms.word(.name, name) }
    let inner = name.dropFirst().dropLast()
    if mappings.contains(String(inner)) { return name }
    let parts = inner.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, ["anon", "anon_shmem", "stack"].contains(String(parts[0])) else {
      return "[" + pseudonyms.word(.name, inner) + "]"
    }
    let isThread = parts[0] == "stack" && parts[1].allSatisfy(\.isNumber)
    return "[\(parts[0]):\(isThread ? String(parts[1]) : pseudonyms.word(.name, parts[1]))]"
  }

  private static let mappings: Set<String> = [
    "heap", "stack", "vdso", "vvar", "vvar_vclock", "vsyscall", "rollup", "uprobes", "sigpage",
    "vectors", "shadow stack",
  ]

  /// The text with the names of control groups replaced that old kernels put into names of caches:
  /// `dentry(42:web.service)`.
  static func ofCaches(_ text: String, _ pseudonyms: inout Pseudonyms) -> String {
    guard text.contains("(") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "(") {
      result += rest[...open]
      rest = rest[rest.index(after: open)...]
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      let after = rest.dropFirst(digits.count)
      guard !digits.isEmpty, after.first == ":", let close = after.firstIndex(of: ")") else {
        continue
      }
      let name = after[after.index(after: after.startIndex)..<close]
      result += digits + ":" + PathNames.replaced(name, &pseudonyms)
      rest = rest[close...]
    }
    return result + rest
  }
}
