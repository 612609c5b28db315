import Foundation
import KmemSources
import KmemTestSupport
import Synchronization
import Testing

/// A file that others read while it is written anew.
@Suite struct PublishedTextTests {
  @Test func `10,000 reads see one whole text or the other`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/kmemcheck.prom"
    let texts = [String(repeating: "a 1\n", count: 2000), String(repeating: "b 22\n", count: 1500)]
    try PublishedText.write(texts[0], as: path)
    let isOver = Atomic(false)
    let writes = Atomic(0)
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      while !isOver.load(ordering: .relaxed) {
        let number = writes.wrappingAdd(1, ordering: .relaxed).newValue
        try? PublishedText.write(texts[number % 2], as: path)
      }
      done.signal()
    }
    defer {
      isOver.store(true, ordering: .relaxed)
      done.wait()
    }
    let whole = Set(texts.map { Data($0.utf8) })
    var torn = 0
    for _ in 0..<10_000 where !whole.contains(try Data(contentsOf: URL(fileURLWithPath: path))) {
      torn += 1
    }
    #expect(torn == 0)
    // On a busy machine the writer gets few turns; one more than none shows that it wrote meanwhile.
    #expect(writes.load(ordering: .relaxed) > 1)
  }
}
