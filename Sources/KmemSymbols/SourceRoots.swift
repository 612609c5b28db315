/// The directories at the beginning of a compilation unit's file names, which say nothing of the
/// code.
struct SourceRoots {
  /// Where the compiler ran.
  var working: String?
  /// Where the kernel's source lay.
  var kernel: String?

  /// The name below the kernel's source; else below the directory of the build; else the whole
  /// path.
  func shortened(_ file: String) -> String {
    let file = Self.normalized(file)
    for root in [kernel, working].compactMap(\.self) where file.hasPrefix(root + "/") {
      return String(file.dropFirst(root.count + 1))
    }
    return file
  }

  /// The path without `.` and `..`: kernels built elsewhere name `../../../mm/slub.c`.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
