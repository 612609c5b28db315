internal import KmemSnapshot
internal import SystemPackage

/// Reads a file to its end: the one place where the bytes of kernel files come in.
///
/// Files of /proc and /sys say a size of 0 or 4096 and answer with short reads, so only a read of
/// 0 bytes is the end.
///
/// A file with more than `limit` bytes is `truncated`. Opening waits, as for a FIFO without a
/// writer, unless `isWaiting` is false. `progress` is called whenever bytes arrive.
func readFile(
  _ path: String, limit: Int = .max, isWaiting: Bool = true, progress: () -> Void = {}
) -> SourceReading {
  let clock = ContinuousClock()
  let start = clock.now
  var reading = openAndRead(FilePath(path), limit: limit, isWaiting: isWaiting, progress)
  reading.milliseconds = start.duration(to: clock.now).milliseconds
  return reading
}

private func openAndRead(
  _ path: FilePath, limit: Int, isWaiting: Bool, _ progress: () -> Void
) -> SourceReading {
  let options: FileDescriptor.OpenOptions =
    isWaiting ? [.closeOnExec] : [.closeOnExec, .nonBlocking]
  do {
    let file = try FileDescriptor.open(path, .readOnly, options: options)
    defer { try? file.close() }
    return readToEnd(file, limit: limit, progress: progress)
  } catch let error as Errno {
    return SourceReading(outcome: error.outcome, reason: error.openReason)
  } catch {
    return SourceReading(outcome: .failed, reason: "\(error)")
  }
}

/// Reads an open file from where it stands to its end.
///
/// If reading fails on the way, what came before is kept and the source is `truncated`.
func readToEnd(_ file: FileDescriptor, limit: Int = .max, progress: () -> Void = {})
  -> SourceReading
{
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 13)
  do {
    while true {
      let count = unsafe try chunk.withUnsafeMutableBytes { unsafe try file.read(into: $0) }
      guard count > 0 else { return SourceReading(outcome: .read, bytes: bytes) }
      progress()
      guard count <= limit - bytes.count else {
        bytes.append(contentsOf: chunk[..<(limit - bytes.count)])
        break
      }
      bytes.append(contentsOf: chunk[..<count])
      if count == chunk.count, count < 1 << 20 { chunk = Array(repeating: 0, count: count * 2) }
    }
  } catch let error as Errno where bytes.isEmpty {
    return SourceReading(outcome: error.outcome, reason: error.readReason)
  } catch {
    let reason = "reading fails after \(bytes.count) bytes: \(error)"
    return SourceReading(outcome: .truncated, reason: reason, bytes: bytes)
  }
  return .cut(bytes)
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
  }
}
