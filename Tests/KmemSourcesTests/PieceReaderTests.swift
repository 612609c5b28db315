import Testing

@testable import KmemSources

@Suite struct PieceReaderTests {
  /// Every piece in its order, however many come before the thread that reads has time.
  @Test(arguments: [
    [10, 20, 30], [1 << 15, 1 << 15, 5], [1 << 20, 1 << 20, 1, 0, 1 << 16], [3], [],
  ])
  func `pieces are read once each, in their order, by a thread or without one`(sizes: [Int]) {
    let reader = PieceReader([UInt8]()) { read, piece in
      for index in piece.indices { read.append(piece[index]) }
      return true
    }
    var expected: [UInt8] = []
    for (number, size) in sizes.enumerated() {
      let piece = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ number) }
      reader.read(piece.span)
      expected += piece
    }
    #expect(reader.end() == expected)
  }

  @Test func `a text that ends with its first piece is whole`() {
    let reader = PieceReader(0) { read, piece in
      read += piece.count
      return true
    }
    reader.read([UInt8](repeating: 0, count: 1 << 20).span)
    #expect(reader.end() == 1 << 20)
  }

  @Test func `who reads pieces is told when no more is wanted`() {
    let size = 1 << 18
    let reader = PieceReader(0) { read, piece in
      read += piece.count
      return read < 3 * size
    }
    let piece = [UInt8](repeating: 0, count: size)
    // A thread may be behind by the pieces that wait for it, and the one that is filled.
    let pieces = (1...20).first { _ in !reader.read(piece.span) }
    #expect(pieces.map { (3...8).contains($0) } == true)
    _ = reader.end()
  }
}
