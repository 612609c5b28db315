internal import Glibc
internal import KmemParsers
internal import SystemPackage

/// A buffer of our own in tracefs, with its events, filters and pages; others' tracing isn't touched.
///
/// It outlives the process, unlike what BPF has in the kernel: it is removed when tracing ends, and what
/// a killed process left behind when the next trace begins.
final class TracefsInstance {
  /// The directory of tracefs.
  private let root: CInt
  /// What instances and groups of probes are called, before the number of the process.
  private static let prefix = "kmemcheck_"
  private let name = "\(prefix)\(getpid())"
  private var isThere = false
  private var hasProbes = false

  /// Makes the instance.
  ///
  /// - Throws: `TracerError` if tracefs can't be had, or takes no instance.
  init() throws(TracerError) {
    root = try TracefsDirectory.open()
    Self.repair(root)
    guard unsafe mkdirat(root, "instances/\(name)", 0o700) == 0 else {
      let error = Errno(rawValue: errno)
      close(root)
      throw error == .noSuchFileOrDirectory ? .noTracefs(error) : .noInstance(error)
    }
    isThere = true
  }

  deinit {
    remove()
    close(root)
  }

  /// Removes the instance and its probes; more than once does no harm.
  func remove() {
    guard isThere else { return }
    try? write("0", to: "tracing_on")
    try? write("0", to: "events/enable")
    isThere = !Self.removeDirectory("instances/\(name)", in: root)
    if hasProbes {
      Self.removeProbes(ofGroup: name, in: root)
      hasProbes = false
    }
  }

  /// An instance can't go while a reader holds it or an event is still being written.
  private static func removeDirectory(_ path: String, in root: CInt) -> Bool {
    for _ in 0..<50 {
      if unsafe unlinkat(root, path, AT_REMOVEDIR) == 0 || errno == ENOENT { return true }
      guard errno == EBUSY else { return false }
      usleep(10_000)
    }
    return false
  }

  /// Removes what killed processes left behind, and never what a process has that lives.
  fileprivate static func repair(_ root: CInt) {
    for stale in names(in: "instances", of: root) where isStale(stale) {
      _ = unsafe unlinkat(root, "instances/\(stale)", AT_REMOVEDIR)
    }
    let groups = lines(of: "kprobe_events", in: root).compactMap { line in
      line.split(separator: ":").dropFirst().first?.split(separator: "/").first.map(String.init)
    }
    for group in Set(groups) where isStale(group) { removeProbes(ofGroup: group, in: root) }
  }

  private static func isStale(_ name: String) -> Bool {
    guard name.hasPrefix(prefix), let process = pid_t(name.dropFirst(prefix.count)) else {
      return false
    }
    return process == getpid() || (kill(process, 0) != 0 && errno == ESRCH)
  }

  private static func removeProbes(ofGroup group: String, in root: CInt) {
    for line in lines(of: "kprobe_events", in: root) where line.contains(":\(group)/") {
      guard let event = line.split(separator: " ").first?.split(separator: ":").last else {
        continue
      }
      try? append("-:\(event)\n", to: "kprobe_events", in: root)
    }
  }
}

/// What a trace by tracefs leaves in the kernel if it is killed: a buffer, and probes.
package enum TracingRemains {
  /// Removes it, whatever the next trace goes by.
  package static func remove() {
    guard let root = try? TracefsDirectory.open() else { return }
    TracefsInstance.repair(root)
    close(root)
  }
}

extension TracefsInstance {
  /// Writes a text to a file of the instance.
  ///
  /// - Throws: `TracerError` with what the kernel says.
  func write(_ text: String, to path: String) throws(TracerError) {
    try Self.append(text, to: "instances/\(name)/\(path)", in: root)
  }

  /// Adds a probe of a function to the kernel's, named so that it's known to be ours; its format.
  func addProbe(_ event: String, _ function: String, _ arguments: String) -> EventFormat? {
    let line = "p:\(name)/\(event) \(function) \(arguments)\n"
    guard (try? Self.append(line, to: "kprobe_events", in: root)) != nil else { return nil }
    hasProbes = true
    return format("\(name)/\(event)")
  }

  /// Enables an event of `kmem/kmalloc`'s form in the instance, or a probe's.
  ///
  /// - Throws: `TracerError` with what the kernel says.
  func enable(_ event: String) throws(TracerError) {
    try write("1", to: "events/\(event)/enable")
  }

  /// Enables a probe that was added.
  ///
  /// - Throws: `TracerError` with what the kernel says.
  func enableProbe(_ event: String) throws(TracerError) { try enable("\(name)/\(event)") }

  /// The format of an event; nil if there is none.
  func format(_ event: String) -> EventFormat? {
    let bytes = Self.bytes(of: "events/\(event)/format", in: root)
    return try? EventFormat(parsing: bytes.span)
  }

  /// Where a page of the buffer has its parts; nil if the kernel doesn't tell.
  var layout: RingBufferPage.Layout? {
    let bytes = Self.bytes(of: "events/header_page", in: root)
    return (try? EventFormat(parsing: bytes.span)).flatMap { RingBufferPage.Layout($0) }
  }

  /// The processors that have a buffer, by the names of their directories.
  var processors: [String] {
    Self.names(in: "instances/\(name)/per_cpu", of: root).filter { $0.hasPrefix("cpu") }.sorted()
  }

  /// Opens the raw pages of one processor; -1 with errno where that can't be.
  func openPages(of processor: String) -> CInt {
    unsafe openat(
      root, "instances/\(name)/per_cpu/\(processor)/trace_pipe_raw",
      O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  }

  /// The lines of `stats` of one processor as numbers by their names.
  func stats(of processor: String) -> [String: Int64] {
    let lines = Self.lines(of: "instances/\(name)/per_cpu/\(processor)/stats", in: root)
    let pairs = lines.compactMap { line -> (String, Int64)? in
      let parts = line.split(separator: ":")
      guard parts.count == 2, let number = Int64(parts[1].drop { $0 == " " }) else { return nil }
      return (String(parts[0]), number)
    }
    return Dictionary(pairs) { first, _ in first }
  }
}

extension TracefsInstance {
  /// One write, which the kernel takes as a whole.
  private static func append(_ text: String, to path: String, in root: CInt) throws(TracerError) {
    let file = unsafe openat(root, path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw .noInstance(Errno(rawValue: errno)) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    let count = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count else { throw .noInstance(Errno(rawValue: errno)) }
  }

  private static func bytes(of path: String, in root: CInt) -> [UInt8] {
    let file = unsafe openat(root, path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 14))
    while bytes.count < 1 << 20 {
      let count = unsafe part.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      bytes += part.prefix(count)
    }
    return bytes
  }

  private static func lines(of path: String, in root: CInt) -> [String] {
    String(decoding: bytes(of: path, in: root), as: UTF8.self).split(separator: "\n").map(
      String.init)
  }

  /// The names in a directory.
  private static func names(in path: String, of root: CInt) -> [String] {
    let file = unsafe openat(root, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0, let directory = unsafe fdopendir(file) else {
      if file >= 0 { close(file) }
      return []
    }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
