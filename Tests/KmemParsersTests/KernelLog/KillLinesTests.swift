import KmemParsers
import Testing

@Suite struct KillLinesTests {
  @Test(
    arguments: [
      ("[1.0] Out of memory: Killed process 12 (java) total-vm:1kB", true),
      ("[1.0] Out of memory: Kill process 12 (java) score 900 or sacrifice child", true),
      ("Nov 1 host kernel: Memory cgroup out of memory: Killed process 9 (a)", true),
      ("Out of memory (oom_kill_allocating_task): Kill process 3 (b) score 0", true),
      ("[1.0] java invoked oom-killer: gfp_mask=0x0", false),
      ("out of memory", false), ("systemd[1]: out of memory handler started", false), ("", false),
    ] as [(String, Bool)])
  func `a line says that somebody was killed, or doesn't`(line: String, isKill: Bool) {
    let bytes = Array("first\n\(line)\r\nlast".utf8)
    let lines = KillLines(bytes.span).lines
    #expect(lines == (isKill ? [line] : []))
  }
}
