import Foundation
import KmemTestSupport
import Testing

/// Logs of several files whose times lack the year, judged as one series.
@Suite struct YearlessSeriesTests {
  private let program: Program

  init() throws { program = try Program() }

  /// A report of a machine whose unreclaimable slab grows, as syslog writes it.
  private func report(_ time: String, up: Int, slab: Int) -> String {
    [
      "java invoked oom-killer: gfp_mask=0x201da, order=0, oom_score_adj=0", "Mem-Info:",
      "active_anon:100000 inactive_anon:2000 isolated_anon:0",
      " active_file:100 inactive_file:200 isolated_file:0",
      " unevictable:0 dirty:0 writeback:0 unstable:0",
      " slab_reclaimable:3000 slab_unreclaimable:\(slab)",
      " mapped:100 shmem:50 pagetables:900 bounce:0", " free:8000 free_pcp:0 free_cma:0",
      "450 total pagecache pages", "524158 pages RAM", "16328 pages reserved",
      "Out of memory: Kill process 541 (java) score 900 or sacrifice child",
    ].map { "\(time) db1 kernel: [\(up).000000] \($0)\n" }.joined()
  }

  /// Twenty reports, one a day from 22 December on, five in each file; the last file has no number.
  private func write() throws -> String {
    for file in 0..<4 {
      let text = (0..<5).map { index in
        let day = file * 5 + index
        let date = day < 10 ? "Dec \(22 + day)" : "Jan \(day < 19 ? " " : "")\(day - 9)"
        return report("\(date) 03:00:00", up: 1000 + day * 86400, slab: 20000 + day * 9000)
      }.joined()
      let name = file == 3 ? "syslog" : "syslog.\(3 - file)"
      try FileManager.default.createDirectory(
        atPath: "\(program.home.path)/log", withIntermediateDirectories: true)
      try text.write(
        toFile: "\(program.home.path)/log/\(name)", atomically: true, encoding: .utf8)
    }
    return "\(program.home.path)/log"
  }

  private func replay(_ folder: String) throws -> Program.Result {
    try program.run("watch", "--replay", folder, user: .whoeverTests)
  }

  @Test func `rotated logs without a year are ordered by what they hold, past New Year`() throws {
    let result = try replay(write())
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.output.contains("20 samples"), "\(result.output)")
    #expect(result.lastLine.contains("Slab, unreclaimable grows by 1.5 MiB/h"))
  }

  @Test func `a report that two logs have counts once`() throws {
    let folder = try write()
    try FileManager.default.copyItem(atPath: "\(folder)/syslog", toPath: "\(folder)/kern.log")
    let result = try replay(folder)
    #expect(result.output.contains("20 samples") && !result.output.contains("left out"))
  }
}
