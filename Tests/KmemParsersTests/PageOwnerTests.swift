import Testing

@testable import KmemParsers

@Suite struct PageOwnerTests {
  @Test func `stacks have their pages`() throws {
    let file = try PageOwnerStacks(pageOwnerStacksOf6)
    #expect(file.stacks.map(\.pages) == [500, 12])
    #expect(file.stacks.map(\.frames.count) == [4, 2])
    #expect(file.stacks[0].frames[2].module == "kmemlab_pages0")
  }

  @Test func `the first kernels with this file count allocations, not pages`() throws {
    let stack = try #require(PageOwnerStacks(" f+0x1/0x2\nstack_count: 7\n\n").stacks.first)
    #expect(stack.allocations == 7)
    #expect(stack.pages == nil)
  }

  @Test func `handles get their frames from the other file`() throws {
    let numbers = try PageOwnerStacks(
      "handle: 17\nnr_base_pages: 5\n\nhandle: 9\nnr_base_pages: 1\n")
    let names = try PageOwnerStacks(" f+0x1/0x2\n g+0x1/0x2\nhandle: 17\n\n")
    let joined = numbers.named(by: names)
    #expect(joined.stacks.map(\.pages) == [5, 1])
    #expect(joined.stacks.map { $0.frames.compactMap(\.symbol) } == [["f", "g"], []])
  }

  @Test func `a copy without empty lines is read the same`() throws {
    let text = pageOwnerStacksOf6.split(separator: "\n").joined(separator: "\n")
    #expect(try PageOwnerStacks(text).stacks == PageOwnerStacks(pageOwnerStacksOf6).stacks)
  }

  @Test func `a stack that is cut off before its number is passed over`() throws {
    let file = try PageOwnerStacks(pageOwnerStacksOf6 + " f+0x1/0x2\n")
    #expect(file.stacks.count == 2)
    #expect(file.remarks.count == 1)
  }

  @Test func `blocks are summed by stack and order`() throws {
    let file = try PageOwner(pageOwnerOf6)
    #expect(file.blocks == 3)
    #expect(file.stacks.stacks.map(\.pages) == [17, 2])
    #expect(file.stacks.stacks.map(\.allocations) == [2, 1])
    #expect(file.stacks.stacks[0].frames.count == 2)
  }

  @Test(arguments: 1...60)
  func `pieces of any size give the same sums`(size: Int) throws {
    let bytes = Array(pageOwnerOf6.utf8)
    var reader = PageOwnerReader()
    var start = 0
    while start < bytes.count {
      let piece = Array(bytes[start..<min(start + size, bytes.count)])
      reader.read(piece.span)
      start += size
    }
    #expect(try reader.finish() == PageOwner(pageOwnerOf6).stacks)
  }

  @Test func `an order that no kernel has is not counted`() throws {
    let text =
      "Page allocated via order 63, mask 0x0(), pid 0\nPFN 1\n f+0x1/0x2\n\n" + pageOwnerOf6
    let file = try PageOwner(text)
    #expect(file.blocks == 3)
    #expect(file.remarks.count == 1)
  }

  @Test func `the sums are written as show_stacks writes them`() throws {
    var reader = PageOwnerReader()
    let bytes = Array(pageOwnerOf6.utf8)
    reader.read(bytes.span)
    let written = try PageOwnerStacks(reader.text())
    #expect(written.stacks.map(\.pages) == [17, 2])
    #expect(try written.stacks.map(\.frames) == PageOwner(pageOwnerOf6).stacks.stacks.map(\.frames))
  }
}
