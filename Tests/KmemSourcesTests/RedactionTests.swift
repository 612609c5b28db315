import Glibc
import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemSources

@Suite struct RedactionTests {
  private static let kmemleak = """
    unreferenced object 0xffff8881042a1000 (size 64):
      comm "insmod", pid 812, jiffies 4294893021
      hex dump (first 32 bytes):
        6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b 6b  kkkkkkkkkkkkkkkk
      backtrace (crc ae63ac50):
        [<ffffffffc0001234>] leak_init+0x20/0x1000 [leaky]
        [<00000000a1b2c3d4>] do_one_initcall+0x56/0x2e0
    """

  @Test func `addresses become words that are the same in every file`() {
    var capture = Capture(origin: "x", kind: .live)
    capture.manifest = Manifest(
      tool: "1", start: .init(wall: 0, boot: nil), end: .init(wall: 0, boot: nil))
    let texts = [
      "proc/cmdline": "root=/dev/sda secret=1\n",
      "proc/modules":
        "leaky 16384 0 - Live 0xffffffffc0001234 (OE)\nx 1 0 - Live 0x0000000000000000\n",
      "sys/kernel/debug/kmemleak": Self.kmemleak,
      "proc/meminfo": "MemTotal: 16384 kB\n",
    ]
    for (path, text) in texts {
      capture.sources[path] = SourceReading(outcome: .read, bytes: Array(text.utf8))
    }
    var redaction = Redaction()
    let result = redaction.redacted(capture)
    func text(_ path: String) -> String { String(decoding: result[path].bytes, as: UTF8.self) }
    let module = text("proc/modules").split(separator: " ")[5].dropFirst(2)
    #expect(module.count == 16 && module != "ffffffffc0001234")
    #expect(text("proc/modules").hasSuffix("x 1 0 - Live 0x0000000000000000\n"))
    #expect(text("sys/kernel/debug/kmemleak").contains("[<\(module)>] leak_init+0x20/0x1000"))
    #expect(!text("sys/kernel/debug/kmemleak").contains("ffff8881042a1000"))
    #expect(!text("sys/kernel/debug/kmemleak").contains("insmod"))
    #expect(!text("sys/kernel/debug/kmemleak").contains("6b 6b"))
    #expect(text("sys/kernel/debug/kmemleak").contains("jiffies 4294893021"))
    #expect(text("proc/meminfo") == "MemTotal: 16384 kB\n")
    #expect(result["proc/cmdline"].outcome == .skipped)
    #expect(result.manifest?.isRedacted == true)
    #expect(result.manifest?.sources["proc/cmdline"]?.bytes == 0)
  }

  @Test func `numbers that are no addresses stay`() {
    var redaction = Redaction()
    let line = "[   12.345678] kmemleak: 3 new, 20260101 deadbeefs face_c0ffee00 abc"
    #expect(redaction.addresses(line) == line)
  }

  @Test func `a row of a dump goes however short it is`() throws {
    for count in 1...16 {
      let row = Array(repeating: "5a", count: count).joined(separator: " ")
      let text = """
        unreferenced object 0xffff8881042a1000 (size \(count)):
          comm "insmod", pid 812, jiffies 4294893021
          hex dump (first \(count) bytes):
            \(row)  \(String(repeating: "Z", count: count))
          backtrace (crc ae63ac50):
            leak_init+0x20/0x1000 [leaky]

        """
      var redaction = Redaction()
      let result = redaction.replaced(Array(text.utf8), .stacks, "sys/kernel/debug/kmemleak")
      let words = String(decoding: result, as: UTF8.self).split { $0 == " " || $0 == "\n" }
      #expect(!words.contains("5a") && !words.contains { $0.allSatisfy { $0 == "Z" } })
      #expect(words.contains("leak_init+0x20/0x1000"))
      #expect(!words.contains { $0.contains("ae63ac50") })
    }
  }

  @Test func `a key that others can read is refused, and a missing one is made`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/key"
    let first = Pseudonyms(try RedactionKey(file: path)).keyWord
    #expect(Pseudonyms(try RedactionKey(file: path)).keyWord == first)
    #expect(Pseudonyms(RedactionKey()).keyWord != first)
    #expect(unsafe chmod(path, 0o640) == 0)
    #expect { try RedactionKey(file: path) } throws: {
      ($0 as? SourceError)?.kind == .notPermitted
    }
  }
}
