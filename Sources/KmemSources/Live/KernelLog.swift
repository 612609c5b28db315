internal import KmemParsers
internal import Glibc
internal import KmemSnapshot
internal import SystemPackage

/// The lines of the kernel's log that speak of memory: kmemleak, slab, out of memory, lockdown.
///
/// They are read from `/dev/kmsg` without waiting for more. The filtered copy, in the form of
/// `dmesg`, lies in a capture as `var/log/kmemcheck-kernel.log`; the other lines are private and
/// not needed.
enum KernelLog {
  static let job = ReadingJob(path: KernelFile.chosenKernelLog.path, deadline: Deadline.kernelLog) {
    _ in read()
  }

  /// Reads the lines about memory, or all of them.
  static func read(keepsAll: Bool = false) -> SourceReading {
    let clock = ContinuousClock()
    let start = clock.now
    var reading = SourceReading(outcome: .read)
    do {
      let log = try FileDescriptor.open(
        FilePath("/dev/kmsg"), .readOnly, options: [.nonBlocking, .closeOnExec])
      defer { try? log.close() }
      reading.bytes = try lines(of: log, keepsAll: keepsAll)
    } catch let error as Errno {
      reading = SourceReading(outcome: error.outcome, reason: error.openReason)
    } catch {
      reading = SourceReading(outcome: .failed, reason: "\(error)")
    }
    reading.milliseconds = start.duration(to: clock.now).milliseconds
    return reading
  }

  private static func lines(of log: FileDescriptor, keepsAll: Bool) throws -> [UInt8] {
    var filter = KernelLogFilter(keepsAll: keepsAll)
    var record = [UInt8](repeating: 0, count: 8192)
    while true {
      do {
        let count = unsafe try record.withUnsafeMutableBytes { unsafe try log.read(into: $0) }
        guard count > 0 else { break }
        filter.add(record: Array(record[..<count]))
      } catch Errno.resourceTemporarilyUnavailable {
        break
      } catch Errno.brokenPipe {
        // Records were overwritten before they were read; the next read goes on with the oldest.
        continue
      }
    }
    return filter.lines
  }
}

/// Chooses the lines about memory from records of `/dev/kmsg`.
struct KernelLogFilter {
  private(set) var lines: [UInt8] = []
  private let keepsAll: Bool
  /// How many more lines belong to a report that has begun.
  private var reportLines = 0

  static let single = Needles([
    "kmemleak", "slab", "Slab", "SLUB", "SLAB", "lockdown:", "Memory: ", "alloc_tag", "Bad page",
    "page_owner", "Out of memory", "oom-kill", "oom_reaper",
    // The reports of kills are rate-limited, the kills are not: this line may stand alone.
    "Memory cgroup out of memory", "cma_alloc: ", "vmap allocation for ", "vmalloc_node_range for ",
    ", object size: ", "lowmemorykiller",
  ])
  /// Lines below which numbers of memory follow.
  static let begins = Needles([
    "invoked oom-killer", "page allocation failure", "vmalloc: allocation failure", "vmalloc size ",
    "vmalloc error: ", "Mem-Info:", "Mem-info:",
  ])
  /// No report has more lines than that.
  static let reportLimit = 400
  static let ends = Needles(["Killed process", "Out of memory: Kill"])

  init(keepsAll: Bool = false) { self.keepsAll = keepsAll }

  /// Adds a record `priority,sequence,microseconds,flags;text`, if it is about memory.
  mutating func add(record: [UInt8]) {
    guard let semicolon = record.firstIndex(of: UInt8(ascii: ";")) else { return }
    if record.span.containsAny(of: Self.begins) { reportLines = Self.reportLimit }
    guard keepsAll || reportLines > 0 || record.span.containsAny(of: Self.single) else { return }
    if reportLines > 0 {
      reportLines = record.span.containsAny(of: Self.ends) ? 0 : reportLines - 1
    }
    let head = record[..<semicolon].split(separator: UInt8(ascii: ","))
    let time = head.count > 2 ? UInt64(String(decoding: head[2], as: UTF8.self)) : nil
    lines += Array("[\(Self.stamp(time ?? 0))] ".utf8)
    lines += record[(semicolon + 1)...].prefix { $0 != UInt8(ascii: "\n") }
    lines.append(UInt8(ascii: "\n"))
  }

  /// The time as `dmesg` prints it: seconds in five columns and six decimals.
  private static func stamp(_ microseconds: UInt64) -> String {
    let seconds = String(microseconds / 1_000_000)
    let rest = String(microseconds % 1_000_000)
    return String(repeating: " ", count: max(0, 5 - seconds.count)) + seconds + "."
      + String(repeating: "0", count: 6 - rest.count) + rest
  }
}
