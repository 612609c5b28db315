import Foundation
import KmemTestSupport
import Testing

/// Every JSON answer is what its schema in `docs/schema` says.
@Suite(.enabled(if: Tool.hasJSONSchema, "needs python3 with jsonschema (python3-jsonschema)"))
struct SchemaTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let script = """
    import json, sys
    from jsonschema import Draft202012Validator as Validator
    document = json.load(open(sys.argv[2]))
    schema = json.load(open(sys.argv[1] + document["schema"].replace("/", "-") + ".schema.json"))
    Validator.check_schema(schema)
    errors = list(Validator(schema).iter_errors(document))
    for error in errors[:5]:
        print(error.json_path, error.message[:300])
    sys.exit(1 if errors else 0)
    """

  /// What is wrong with the document; nothing where it is what the schema says.
  private func mistakes(_ text: String, _ name: String) throws -> String {
    let file = try program.home.write("\(name).json", Array(text.utf8))
    // The document names its schema, whose version is in it.
    try #require(text.contains("\"kmemcheck.\(name)/"))
    let result = try #require(
      Tool.run(
        "/usr/bin/env",
        ["python3", "-c", Self.script, "\(Fixture.folder)/../docs/schema/", file]))
    return result.status == 0 ? "" : "\(name): \(result.output)"
  }

  @Test(arguments: Fixture.all) func `show`(fixture: String) throws {
    let result = try program.run("show", Fixture.path(fixture), "--json", user: .whoeverTests)
    #expect(try mistakes(result.output, "show") == "")
  }

  @Test func `show of the running machine and of a single file`() throws {
    let live = try program.run("show", "--json", user: .whoeverTests)
    #expect(try mistakes(live.output, "show") == "")
    let buddyinfo = Fixture.path("synthetic/3.10-slub/proc/buddyinfo")
    let single = try program.run("show", buddyinfo, "--json", user: .whoeverTests)
    #expect(try mistakes(single.output, "show") == "")
  }

  @Test func `show of a kernel log`() throws {
    let log = """
      [ 9.0] sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0
      [ 9.0] Mem-Info:
      [ 9.0] active_anon:1000 inactive_anon:900 active_file:4 inactive_file:3 slab_unreclaimable:8
      [ 9.0] Node 0 Normal free:36kB min:30kB low:35kB high:40kB managed:40000kB
      [ 9.0] Node 0 Normal: 7*4kB (UME) 1*8kB (UM) = 36kB
      [ 9.0] [ pid ]   uid  tgid total_vm      rss swapents oom_score_adj name
      [ 9.0] [   7]     0     7     4868    1200      13       0 sh
      [ 9.0] Memory cgroup out of memory: Killed process 7 (sh) total-vm:8kB, anon-rss:3kB

      """
    let result = try program.run(
      "show", "-", "--json", input: Array(log.utf8), user: .whoeverTests)
    #expect(try mistakes(result.output, "reports") == "")
  }

  @Test func `show of one control group`() throws {
    let text = "cache 1404928\nrss 225280\nmemory.usage_in_bytes: 99000000\n"
    let result = try program.run(
      "show", "-", "--json", input: Array(text.utf8), user: .whoeverTests)
    #expect(try mistakes(result.output, "group") == "")
  }

  @Test func `check with the user half`() throws {
    let result = try program.run(
      "check", "--lsan", "--no-kmemleak", "--settle", "0", "--json", "--", "true",
      user: .whoeverTests)
    #expect(result.status == 2, "\(result.errors)")
    #expect(result.output.contains("isn't built with a sanitizer"))
    #expect(try mistakes(result.output, "check") == "")
  }

  @Test func `metrics and fleet`() throws {
    let history = Fixture.path("history/timer.sqlite")
    let metrics = try program.run("metrics", "--replay", history, "--json", user: .whoeverTests)
    #expect(try mistakes(metrics.output, "metrics") == "")
    let fleet = try program.run(
      "fleet", Fixture.path("history"), Fixture.path("synthetic/3.10-slub"), "--json",
      user: .whoeverTests)
    #expect(try mistakes(fleet.output, "fleet") == "")
  }

  @Test(arguments: Fixture.all) func `diff with another moment`(fixture: String) throws {
    let result = try program.run(
      "diff", Fixture.path("synthetic/6.12-allocinfo-before"), Fixture.path(fixture), "--json",
      user: .whoeverTests)
    #expect(try mistakes(result.output, "diff") == "")
  }

  @Test func `top of the running machine, once and over a time`() throws {
    let once = try program.run("top", "--json", user: .whoeverTests)
    #expect(try mistakes(once.output, "top") == "")
    let twice = try program.run("top", "--interval", "0.2", "--json", user: .whoeverTests)
    #expect(try mistakes(twice.output, "top") == "")
    // A busy machine takes longer than it was asked for.
    #expect(!twice.output.contains("\"seconds\" : null"))
  }

  @Test func `processes, control groups and mappings of the running machine`() throws {
    for arguments in [[], ["--by", "user"], ["--interval", "0.2"]] {
      let result = try program.run(
        arguments: ["top", "--processes", "--json"] + arguments, user: .whoeverTests)
      #expect(try mistakes(result.output, "processes") == "")
    }
    let groups = try program.run("top", "--cgroups", "--json", user: .whoeverTests)
    if groups.status == 0 { #expect(try mistakes(groups.output, "cgroups") == "") }
    for arguments in [[], ["--by", "file"], ["--by", "kind"], ["--diff", "0.2"]] {
      let pid = "\(ProcessInfo.processInfo.processIdentifier)"
      let result = try program.run(
        arguments: ["maps", pid, "--json"] + arguments, user: .whoeverTests)
      #expect(try mistakes(result.output, "maps") == "")
    }
  }

  @Test func `diff of two snapshots with processes`() throws {
    let file = "\(program.home.path)/before.tar.zst"
    _ = try program.run("snap", "-o", file, user: .whoeverTests)
    let result = try program.run("diff", file, "now", "--json", user: .whoeverTests)
    #expect(try mistakes(result.output, "diff") == "")
    #expect(result.output.contains("\"openFileHolders\" : ["))
  }

  @Test func `a kept trace`() throws {
    let file = try program.home.write("kept.trace", Array(ShownFiles.trace.utf8))
    let result = try program.run("trace", file, "--json", user: .whoeverTests)
    #expect(result.status == 1)
    #expect(try mistakes(result.output, "trace") == "")
  }

  @Test func `watch of the running machine`() throws {
    let result = try program.run(
      "watch", "--fresh", "--for", "4s", "--interval", "0.2", "--json", user: .whoeverTests)
    #expect(try mistakes(result.output, "watch") == "")
  }

  @Test func `status`() throws {
    let live = try program.run("status", "--json", user: .whoeverTests)
    #expect(try mistakes(live.output, "status") == "")
    let tree = try program.run(
      "status", "--root", Fixture.path("synthetic/4.4-arm-highmem"), "--json",
      user: .whoeverTests)
    #expect(try mistakes(tree.output, "status") == "")
  }

  @Test func `leaks with and without objects, of one object and against a baseline`() throws {
    let seeds = "\(Fixture.folder)/../Tests/Fuzz/seeds/Kmemleak"
    let one = try program.run("leaks", "\(seeds)/4.14", "--json", user: .whoeverTests)
    #expect(one.status == 1)
    #expect(try mistakes(one.output, "leaks") == "")
    let both = try program.run(
      "leaks", "\(seeds)/log", "--baseline", "\(seeds)/4.14", "--object", "0x60777301a899",
      "--json",
      user: .whoeverTests)
    #expect(both.status == 1)
    #expect(try mistakes(both.output, "leaks") == "")
    let none = try program.run("leaks", "/dev/null", "--report", "--json", user: .whoeverTests)
    #expect(none.status == 0)
    #expect(try mistakes(none.output, "leaks") == "")
  }

  @Test(arguments: ["valgrind-full.txt", "asan-mixed.txt", "helgrind.txt", "valgrind.xml"])
  func `leaks of a program, and against a baseline`(name: String) throws {
    let folder = "\(Fixture.folder)/programs"
    let one = try program.run("leaks", "\(folder)/\(name)", "--json", user: .whoeverTests)
    #expect(try mistakes(one.output, "program-leaks") == "")
    let both = try program.run(
      "leaks", "\(folder)/\(name)", "--baseline", "\(folder)/asan-gcc.txt", "--json",
      user: .whoeverTests)
    #expect(try mistakes(both.output, "program-leaks") == "")
  }

  @Test func `redact`() throws {
    let capture = "\(Fixture.folder)/captures/6.12-cache-after.tar.zst"
    let output = "\(program.home.path)/redacted.tar.zst"
    let result = try program.run("redact", capture, "-o", output, "--json", user: .whoeverTests)
    #expect(try mistakes(result.output, "redact") == "")
  }

  @Test func `check of a command that runs ten times, and of one that fails`() throws {
    let common = ["check", "--no-kmemleak", "--settle", "0", "--json", "-o"]
    for (name, words) in [("ten", ["--repeat", "10", "--", "true"]), ("failed", ["--", "false"])] {
      let file = "\(program.home.path)/\(name).json"
      _ = try program.run(arguments: common + [file] + words, user: .whoeverTests)
      let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
      #expect(try mistakes(text, "check") == "")
    }
  }

  @Test func `snap and list`() throws {
    let file = "\(program.home.path)/here.tar.zst"
    let snap = try program.run("snap", "-o", file, "--json", user: .whoeverTests)
    #expect(try mistakes(snap.output, "snap") == "")
    guard Program.canDropPrivileges else { return }
    #expect(try program.run("snap", "--label", "x").status == 0)
    try program.home.write("state/kmemcheck/half.tar.zst", [1, 2, 3])
    #expect(try mistakes(try program.run("list", "--json").output, "list") == "")
  }

  @Test func `a document that breaks its promise is found`() throws {
    let broken = "{\"schema\": \"kmemcheck.list/1\", \"captures\": [{\"path\": 5}]}"
    #expect(try mistakes(broken, "list").contains("$.captures[0]"))
  }
}
