import KmemAnalysis
import Testing

@testable import KmemReport

/// Commands that are printed can be copied as they stand.
@Suite struct WatchAdviceTests {
  private func words(
    _ id: SeriesID, isHeld: Bool = false, _ program: ProgramFacts? = nil
  ) -> String {
    WatchNextStep.lookCloser(id, isHeld: isHeld, program).sentences.joined(separator: "\n")
  }

  private func process(_ facet: ProcessFacet) -> SeriesID {
    .process(ProcessName(pid: 812, comm: "it's a very lo", startTime: 99), facet)
  }

  private func program(
    _ executable: String, _ arguments: [String] = [], mapped: Set<String> = [],
    _ change: (inout ProgramFacts.File) -> Void = { _ in }
  ) -> ProgramFacts {
    var file = ProgramFacts.File(beginning: [])
    change(&file)
    return ProgramFacts(executable: executable, arguments: arguments, mapped: mapped, file: file)
  }

  @Test func `a program is started again by its path and arguments, quoted, never by its name`() {
    let native = words(process(.memory), program("/opt/a b/serve", ["--name", "o'neil", "$HOME"]))
    let command = "'/opt/a b/serve' --name 'o'\\''neil' '$HOME'"
    #expect(native.contains(": kmemcheck check --valgrind -- \(command)\n"))
    #expect(
      native.hasSuffix(
        "-fsanitize=address, and end it as usual under: kmemcheck check --lsan -- \(command)"))
    #expect(!native.contains("it's"))
    #expect(!words(process(.memory)).contains("valgrind"), "without a path nothing can be started")
    #expect(words(process(.memory)).contains("-p 812 "))
  }

  @Test func `a program whose arguments name files of its folder is started again there`() {
    for name in ["node", "python3", "serve"] {
      var facts = program("/usr/bin/\(name)", ["leak.js"])
      facts.folder = "/srv/my app"
      let command = words(process(.memory), facts)
      #expect(command.contains(": cd '/srv/my app' && "), "\(command)")
    }
  }

  @Test func `each runtime has a tool of its own`() {
    #expect(
      words(process(.memory), program("/usr/bin/java")).contains("jcmd 812 GC.class_histogram"))
    #expect(words(process(.memory), program("/usr/bin/python3")).contains("memray attach 812"))
    #expect(words(process(.memory), program("/usr/bin/node")).contains("kill -USR1 812"))
    for name in ["java", "python3", "node"] {
      #expect(!words(process(.memory), program("/usr/bin/\(name)")).contains("valgrind"))
    }
    #expect(words(process(.threads), program("/usr/bin/java")).contains("jcmd 812 Thread.print"))
  }

  @Test func `how a program was built decides which tool names its lines`() {
    let rust = words(process(.memory), program("/opt/x") { $0.isRust = true })
    #expect(rust.contains("check --valgrind -- /opt/x\n"))
    #expect(rust.contains("RUSTFLAGS=-Zsanitizer=leak cargo +nightly build"))
    let sanitized = words(process(.memory), program("/opt/x") { $0.hasSanitizer = true })
    #expect(sanitized.hasSuffix("end it as usual: kmemcheck check --lsan -- /opt/x"))
    #expect(!sanitized.contains("valgrind") && !sanitized.contains("memleak"))
    let isolated = words(process(.memory), program("/opt/x") { $0.isStatic = true })
    #expect(isolated.contains("memleak-bpfcc -p 812 -O /proc/812/exe 60 2"))
    #expect(!isolated.contains("--valgrind"))
  }

  @Test func `one that can't be started again says so, and what can be seen without`() {
    let deleted = words(process(.memory), program("/opt/x (deleted)"))
    #expect(deleted.contains("maps 812 --diff 60") && deleted.contains("memleak-bpfcc -p 812 "))
    #expect(deleted.hasSuffix("so that it can't be run again as it is."))
    let other = words(process(.memory), program("/opt/x") { $0.isSetID = true })
    #expect(other.contains("setuid or setgid") && !other.contains("--valgrind"))
  }

  @Test func `what runs a script is run again as it can be`() {
    let script = words(process(.memory), program("/usr/bin/python3.11", ["a.py", "-v"]))
    #expect(script.hasSuffix("usual: /usr/bin/python3.11 -m memray run a.py -v"))
    #expect(!words(process(.memory), program("/usr/bin/python3", ["-u", "a.py"])).contains("-m"))
    let embedding = program("/usr/sbin/uwsgi", ["x"], mapped: ["libpython3.11.so.1.0"])
    #expect(!words(process(.memory), embedding).contains("-m memray"))
    #expect(
      words(process(.memory), program("/usr/bin/node", ["a.js"])).hasSuffix(
        "snapshot: /usr/bin/node --heapsnapshot-signal=SIGUSR2 a.js"))
  }

  @Test func `each kind of thing has a step of its own`() {
    #expect(words(process(.zombies), isHeld: true).contains("can't be killed"))
    #expect(words(process(.children), isHeld: true).contains("ps --ppid 812"))
    #expect(words(process(.threads), isHeld: true).contains("ps -L -p 812"))
    #expect(words(process(.files), isHeld: true).contains("/proc/812/fd"))
    #expect(words(process(.space)).contains("maps 812 --diff 60 --sort vss"))
    #expect(words(.memoryClass(.anonymous)).contains("top processes --sort growth"))
    #expect(words(.cgroup("a b.slice")).hasSuffix("| grep -F '/a b.slice' | head -5"))
    #expect(words(.command("my prog")).contains("ps -C 'my prog' "))
  }

  @Test func `sockets are counted by process, and what waits in them is added up`() {
    // With several families, ss prints the state in the second column: sorting by it tells nothing.
    #expect(
      words(.count(.sockets)).hasSuffix("grep -o 'pid=[0-9]*' | sort | uniq -c | sort -n | tail -3")
    )
    #expect(words(.count(.socketBuffers)).contains("+= $3 + $4} END {for (p in n) print n[p], p}'"))
  }

  @Test func `a longer watch keeps the options`() {
    let command = WatchCommand(
      seconds: 1200, interval: 0.5, pids: [5, 812], history: "/var/my dir/h.sqlite", isFresh: true)
    #expect(
      WatchNextStep.watchLonger(command).sentences == [
        "Watch longer: kmemcheck watch --for 20m --interval 500ms --history '/var/my dir/h.sqlite'"
          + " --fresh --pid 5 812"
      ])
    let all = WatchNextStep.watchAll(WatchCommand(seconds: 60, isFresh: true))
    #expect(all.sentences == ["What grows, and whose it is: kmemcheck watch --for 1m --fresh"])
    #expect(
      WatchNextStep.record(WatchCommand(seconds: 60)).sentences[0].hasSuffix(
        "sudo kmemcheck watch --record"))
  }

  @Test(arguments: [
    ("plain-1.2_x", "plain-1.2_x"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"),
    ("a\u{1B}b", "$'a\\x1bb'"), ("*", "'*'"), ("~", "'~'"),
  ]) func `a word for a shell`(word: String, quoted: String) {
    #expect(ShellWords.quoted(word) == quoted)
  }
}
