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
  var reading = openAndRead(path, limit: limit, isWaiting: isWaiting, progress)
  reading.milliseconds = start.duration(to: clock.now).milliseconds
  return reading
}

private func openAndRead(
  _ path: String, limit: Int, isWaiting: Bool, _ progress: () -> Void
) -> SourceReading {
  let options: FileDescriptor.OpenOptions =
    isWaiting ? [.closeOnExec] : [.closeOnExec, .nonBlocking]
  do {
    // A `FilePath` looks for slashes to mend, which took a tenth of reading a small file.
    let file = unsafe try path.withCString { path in
      unsafe try FileDescriptor.open(path, .readOnly, options: options)
    }
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
  var room = 1 << 13
  do {
    while bytes.count <= limit {
      let count = try append(upTo: room, of: file, to: &bytes)
      guard count > 0 else { return SourceReading(outcome: .read, bytes: bytes) }
      progress()
      if count == room, count < 1 << 20 { room *= 2 }
    }
  } catch let error as Errno where bytes.isEmpty {
    return SourceReading(outcome: error.outcome, reason: error.readReason)
  } catch {
    let reason = "reading fails after \(bytes.count) bytes: \(error)"
    return SourceReading(outcome: .truncated, reason: reason, bytes: bytes)
  }
  bytes.removeLast(bytes.count - limit)
  return .cut(bytes)
}

/// Appends what one read answers, and says how many bytes that were.
///
/// Of a thousand small files each needs room: it isn't cleared, which took longer than most reads.
private func append(
  upTo room: Int, of file: FileDescriptor, to bytes: inout [UInt8]
) throws -> Int {
  unsafe try withUnsafeTemporaryAllocation(byteCount: room, alignment: 1) { chunk in
    let count = unsafe try file.read(into: chunk)
    unsafe bytes.append(contentsOf: chunk[..<count])
    return count
  }
}

extension Duration {
  var milliseconds: Double {
    Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15
  }
}
