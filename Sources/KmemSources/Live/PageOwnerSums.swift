internal import KmemParsers
internal import KmemSnapshot
internal import SystemPackage

/// The list of all allocated pages, summed by stack while it is read.
///
/// The list has a record for each page, gigabytes on a large machine: only its sums are kept.
enum PageOwnerSums {
  /// Reading it walks every page of the machine.
  static let job = ReadingJob(path: PageOwnerStacks.derived, deadline: Deadline.pageOwner) { _ in
    let clock = ContinuousClock()
    let start = clock.now
    var reading = read(PageOwner.file.absolutePath)
    reading.milliseconds = start.duration(to: clock.now).milliseconds
    return reading
  }

  static func read(_ path: String) -> SourceReading {
    do {
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec])
      defer { try? file.close() }
      return try read(file)
    } catch let error as Errno {
      return SourceReading(outcome: error.outcome, reason: error.openReason)
    } catch {
      return SourceReading(outcome: .failed, reason: "\(error)")
    }
  }

  /// The kernel gives one record a read and EINVAL where it doesn't record owners.
  private static func read(_ file: FileDescriptor) throws -> SourceReading {
    var sums = PageOwnerReader()
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count: Int
      do {
        count = unsafe try piece.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
      } catch Errno.invalidArgument {
        return SourceReading(
          outcome: .absent, reason: "page owners are not recorded: boot with page_owner=on")
      }
      guard count > 0 else { return SourceReading(outcome: .read, bytes: sums.text()) }
      let text = piece.span.extracting(0..<count)
      sums.read(text)
    }
  }
}
