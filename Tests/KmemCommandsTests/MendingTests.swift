import KmemTestSupport
import Testing

/// Pasted texts, as the whole program reads them.
@Suite struct MendingTests {
  private static let meminfo = """
    MemTotal:       16309948 kB
    MemFree:          421064 kB
    MemAvailable:    3910304 kB
    Slab:            7123660 kB
    SReclaimable:     318376 kB
    SUnreclaim:      6805284 kB

    """

  private func lines(_ change: (String) -> String) -> [UInt8] {
    Array(Self.meminfo.split(separator: "\n").map { change(String($0)) + "\n" }.joined().utf8)
  }

  @Test func `a quoted meminfo with a bold row is shown as the plain one, with remarks`() throws {
    let program = try Program()
    let plain = try program.run("show", "-", input: Array(Self.meminfo.utf8))
    let pasted = lines { $0.hasPrefix("SUnreclaim") ? "> **\($0)**" : "> \($0)" }
    let result = try program.run("show", "-", input: pasted)
    #expect(result.status == plain.status)
    #expect(result.lastLine == plain.lastLine)
    let all = result.output + result.errors
    #expect(all.contains("the marks of a quotation were taken off"))
    #expect(all.contains("the text points at this row: SUnreclaim:"))
  }

  @Test(arguments: ["node7 | ", "node7: ", "    ", "\u{1B}[0m", "2026-11-22T18:40:12.1Z "])
  func `a meminfo with something before each line is shown as the plain one`(
    prefix: String
  ) throws {
    let program = try Program()
    let plain = try program.run("show", "-", input: Array(Self.meminfo.utf8))
    let result = try program.run("show", "-", input: lines { prefix + $0 })
    #expect(result.status == plain.status, "\(result.errors)")
    #expect(result.lastLine == plain.lastLine)
  }

  @Test func `a header that a mailer wrapped is read, as is the line of its task`() throws {
    let text = """
      [   76.611642] kmemleak: unreferenced object 0xffffff806ef81480
      (size 128):
      [   76.618965] kmemleak:   comm "insmod", pid 493, jiffies
      4294941102 (age 38.540s)
      [   76.627031] kmemleak:   backtrace:
      [   76.652754] kmemleak:     [<ffffffa542e14c94>] __kmalloc+0x1c/0x68
      [   76.659782] kmemleak:     [<ffffffa542e1543c>] spi_map_buf+0xf4/0x128

      """
    let result = try Program().run("leaks", "-", input: Array(text.utf8))
    #expect(result.status == 1)
    #expect(result.output.contains("spi_map_buf"))
    #expect(result.output.contains("128 bytes"))
    #expect(result.errors.contains("wrapped lines were joined"))
  }

  @Test func `objects behind a processor's number are two, and none the other's dump`() throws {
    let object = { (address: String, function: String) in
      """
      [ 1.0]c6 kmemleak: unreferenced object 0x\(address) (size 176):
      [ 1.0]c6 kmemleak:   comm "a", pid 1, jiffies 100
      [ 1.0]c6 kmemleak:   hex dump (first 16 bytes):
      [ 1.0]c6 kmemleak:     00 00 00 00 00 00 00 00 00 d8 79 b4 00 00 00 00
      [ 1.0]c6 kmemleak:   backtrace:
      [ 1.0]c6 kmemleak:     [<a2e2b9fa>] \(function)+0x2c/0x60

      """
    }
    let text = object("b5971f00", "driver_one") + object("b5a12300", "driver_two")
    let result = try Program().run("leaks", "-", input: Array(text.utf8))
    #expect(result.status == 1)
    #expect(result.output.contains("driver_one") && result.output.contains("driver_two"))
  }
}
