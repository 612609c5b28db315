import Foundation
import KmemTestSupport

/// The files that pages of the documentation speak of, made of fixtures, and a store with the labels.
struct ShownFiles {
  let program: Program

  init() throws {
    program = try Program()
    try captures()
    try texts()
    for label in ["monday", "before"] {
      _ = try program.run("snap", "--no-processes", "--label", label)
    }
  }

  private func captures() throws {
    try copy("captures/6.12-kmalloc-before.tar.zst", "before.tar.zst")
    try copy("captures/6.12-kmalloc-after.tar.zst", "after.tar.zst")
    try copy("captures/6.18-guest-before", "db1-monday")
    try copy("history/timer.sqlite", "watch.sqlite")
    try copy("programs/valgrind.xml", "valgrind.xml")
    try copy("programs/valgrind.xml", "last-week.xml")
    try pack("captures/6.18-guest-after", "db1-friday.tar.zst")
    try pack("synthetic/3.10-slub", "sosreport-db1.tar.xz")
    try pack("captures/6.18-guest-before", "router-20260301T080000Z-5dcdef5b.tar.gz")
    try pack("captures/6.18-guest-after", "router-20260302T070000Z-5dcdef5b.tar.gz")
    for hour in 1...3 { try copy("captures/6.18-guest-before", "bundles/\(hour)") }
  }

  private func texts() throws {
    let seeds = "\(Fixture.folder)/../Tests/Fuzz/seeds"
    let leaks = try String(contentsOfFile: "\(seeds)/Kmemleak/log", encoding: .utf8)
    try program.home.write("dmesg.txt", Array(leaks.utf8))
    try program.home.write("messages.txt", Array(Self.shortage.utf8))
    let meminfo = try String(
      contentsOfFile: Fixture.path("captures/6.18-guest-before/proc/meminfo"), encoding: .utf8)
    let hours = (1...8).map { "Fri Nov 27 0\($0):00:00 UTC 2026\n\(meminfo)\n" }
    try program.home.write("hourly.log", Array(hours.joined().utf8))
    try program.home.write("leak.trace", Array(Self.trace.utf8))
  }

  private func copy(_ fixture: String, _ name: String) throws {
    let place = "\(program.home.path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Fixture.path(fixture), toPath: place)
  }

  private func pack(_ fixture: String, _ name: String) throws {
    _ = Tool.run(
      "/usr/bin/env",
      ["tar", "-caf", "\(program.home.path)/\(name)", "-C", Fixture.path(fixture), "."])
  }

  /// What a command before the pipe would print.
  func input(of source: String?) throws -> [UInt8]? {
    guard let source else { return nil }
    let name = source.contains("kmemleak") ? "Kmemleak/4.14" : "Slabinfo"
    let file =
      source.contains("kmemleak")
      ? "\(Fixture.folder)/../Tests/Fuzz/seeds/\(name)"
      : Fixture.path("synthetic/3.10-slub/proc/slabinfo")
    return Array(try Data(contentsOf: URL(fileURLWithPath: file)))
  }

  private static let shortage = """
    [ 9.0] sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0
    [ 9.0] Mem-Info:
    [ 9.0] active_anon:1000 inactive_anon:900 active_file:4 inactive_file:3 slab_unreclaimable:8
    [ 9.0] Node 0 Normal free:36kB min:30kB low:35kB high:40kB managed:40000kB
    [ 9.0] Node 0 Normal: 7*4kB (UME) 1*8kB (UM) = 36kB
    [ 9.0] Out of memory: Killed process 7 (sh) total-vm:8kB, anon-rss:3kB

    """

  /// A trace that `trace -o` kept: one function whose memory rises, and a cache whose objects go.
  static let trace = """
    kmemcheck trace 1
    windows 1 2 3 4 5 6
    sampling 2
    kinds kmalloc cache
    kept 1000
    cache kmalloc-2k 2048 0 8000 0
    cache kmalloc-1k 1024 0 8000 0
    sum kmalloc 2048 -
     allocated 100 100 100 100 100 100
     left 100 100 100 100 100 100
     freed 0 0 0 0 0 0
     reused 0 0 0 0 0 0
      leaky_take+0x1c/0x40 [leaky]
    sum cache 192 -
     allocated 9 9 9 9 9 9
     left 1 0 0 0 0 0
     freed 8 9 9 9 9 9
     reused 0 0 0 0 0 0

    """
}
