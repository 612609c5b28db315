import KmemTestSupport
import Testing

/// `show` of a kernel log and of nothing else.
@Suite struct KernelLogTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let log = """
    [    9.0] sh: page allocation failure: order:4, mode:0xcc0(GFP_KERNEL), nodemask=(null)
    [    9.0] Mem-Info:
    [    9.0] active_anon:1000 inactive_anon:900 active_file:40000 inactive_file:30000
    [    9.0]  slab_reclaimable:900 slab_unreclaimable:800 shmem:0 free:9000
    [    9.0] Node 0 Normal free:36000kB min:3000kB low:3500kB high:4000kB managed:400000kB
    [    9.0] Node 0 Normal: 7000*4kB (UME) 1000*8kB (UM) 0*16kB 0*32kB 0*64kB = 36000kB
    [    9.0] 70000 total pagecache pages

    """

  @Test func `the last line says why memory was short`() throws {
    let file = try program.home.write("serial.txt", Array(Self.log.utf8))
    let result = try program.run("show", file, user: .whoeverTests)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.lastLine
        == "Verdict: fragmentation: 35.2 MiB was free and 277.0 MiB could be given back, but no block "
        + "of order 4 (64.0 KiB in one piece)")
  }

  @Test func `--fail-on ends with 1 where memory was short`() throws {
    let log = Array(Self.log.utf8)
    let result = try program.run(
      "show", "-", "--fail-on", "warning", input: log, user: .whoeverTests)
    #expect(result.status == 1)
  }

  @Test func `a report late in a long log is found`() throws {
    let filler = String(repeating: "[    1.0] usb 1-1: new high-speed device\n", count: 9000)
    let result = try program.run(
      "show", "-", input: Array((filler + Self.log).utf8), user: .whoeverTests)
    #expect(result.status == 0 && result.output.contains("line 9001"), "\(result.errors)")
  }

  @Test func `a log without a report isn't taken for one`() throws {
    let log = Array("[    0.000000] Linux version 6.1.0 (gcc) #1\n[    1.0] usb 1-1: new\n".utf8)
    let result = try program.run("show", "-", input: log, user: .whoeverTests)
    #expect(!result.output.contains("Reports in the log"))
  }
}
