internal import CZlib

/// What gzip made smaller, as one member with nothing behind it; nil for damaged bytes, or where more
/// than `limit` bytes come out.
func gunzipped(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
  var input = bytes
  // The library keeps the stream's address, so it may not move.
  return unsafe withUnsafeTemporaryAllocation(of: z_stream.self, capacity: 1) { room in
    unsafe room.initialize(repeating: z_stream())
    return unsafe input.withUnsafeMutableBufferPointer { input in
      guard let stream = room.baseAddress, unsafe start(stream, input) else { return nil }
      defer { _ = unsafe inflateEnd(stream) }
      return unsafe inflated(stream, limit: limit)
    }
  }
}

/// Prepares the stream for the header of gzip, before a window of 32 KiB.
private func start(
  _ stream: UnsafeMutablePointer<z_stream>, _ input: UnsafeMutableBufferPointer<UInt8>
) -> Bool {
  guard let count = UInt32(exactly: input.count) else { return false }
  unsafe stream.pointee.next_in = input.baseAddress
  unsafe stream.pointee.avail_in = count
  let size = unsafe CInt(MemoryLayout<z_stream>.size)
  return unsafe inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, size) == Z_OK
}

private func inflated(_ stream: UnsafeMutablePointer<z_stream>, limit: Int) -> [UInt8]? {
  var plain: [UInt8] = []
  while plain.count <= limit {
    let status = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { room in
      unsafe stream.pointee.next_out = room.baseAddress
      unsafe stream.pointee.avail_out = UInt32(room.count)
      let status = unsafe inflate(stream, Z_NO_FLUSH)
      unsafe plain.append(contentsOf: room.dropLast(Int(stream.pointee.avail_out)))
      return status
    }
    if status == Z_STREAM_END {
      return unsafe stream.pointee.avail_in == 0 && plain.count <= limit ? plain : nil
    }
    guard status == Z_OK else { return nil }
  }
  return nil
}
