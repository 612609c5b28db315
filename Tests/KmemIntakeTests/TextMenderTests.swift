import KmemIntake
import Testing

@Suite("Mending of texts")
struct TextMenderTests {
  @Test("A text to which nothing was added stays as it is, and nothing is said of it")
  func plainText() {
    let text = Array("MemTotal:        1024 kB\nMemFree:          512 kB\n".utf8)
    #expect(TextMender.mended(text) == nil)
  }
}
