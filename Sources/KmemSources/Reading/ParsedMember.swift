internal import KmemSnapshot

/// A member of a capture that was parsed while it was read, and what it was.
struct ParsedMember {
  let pid: Int
  let file: ParsedProcess.File
  let digest: SHA256

  var path: String { "proc/\(pid)/\(file.rawValue)" }
}
