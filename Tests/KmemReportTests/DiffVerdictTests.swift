import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemReport

/// The last line of `diff`, on a machine of 1,000,000 KiB with a noise floor of 2 MiB.
struct DiffVerdictTests {
  private typealias Files = [String: String]

  private func sentence(_ before: Files, _ after: Files) -> String {
    DiffVerdict(DiffReport(from: Snapshot(typed: before), to: Snapshot(typed: after))).sentence
  }

  private func meminfo(_ changes: [String: Int] = [:], without lines: [String] = []) -> Files {
    let text = MeminfoText.balanced(changes).split(separator: "\n")
      .filter { line in !lines.contains { line.hasPrefix("\($0):") } }
      .joined(separator: "\n")
    return ["proc/meminfo": text + "\n"]
  }

  private func slabinfo(_ rows: [(name: String, slabs: Int)]) -> Files {
    [
      "proc/slabinfo": "slabinfo - version: 2.1\n"
        + rows.map {
          "\($0.name) \($0.slabs) \($0.slabs) 4096 1 1 : tunables 0 0 0 : slabdata "
            + "\($0.slabs) \($0.slabs) 0\n"
        }.joined()
    ]
  }

  @Test func `lines on one side only are named, and nobody is accused`() {
    let cut = meminfo(without: ["AnonPages", "SUnreclaim", "KernelStack", "PageTables", "Percpu"])
    for sentence in [sentence(meminfo(), cut), sentence(cut, meminfo())] {
      #expect(
        sentence == """
          Verdict: not enough data. What is in no class can't be compared: AnonPages, SUnreclaim, \
          KernelStack and 2 more are on one side only. Of what can, nothing grew by more than the \
          noise of 2.0 MiB.
          """)
    }
  }

  @Test func `growth that is known is named beside what isn't`() {
    let sentence = sentence(
      meminfo(without: ["AnonPages"]), meminfo(["SUnreclaim": 70000, "Slab": 130_000]))
    #expect(sentence.hasPrefix("Verdict: growing, cause unknown. Kernel memory grew by 29.3 MiB"))
    #expect(sentence.contains("unreclaimable slab"))
    #expect(sentence.contains("can't be compared: AnonPages is on one side only."))
  }

  @Test func `which process of a tool's list gained most is said, and nobody's who is another`() {
    func list(_ resident: Int, _ name: String = "db") -> Files {
      let titles = "USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND\n"
      return ["text/ps": "\(titles)a 7 1.0 0.0 94696 \(resident) ? Rs 09:36 0:00 \(name): x\n"]
    }
    #expect(
      sentence(list(8284), list(14568)).contains(
        "Of the processes listed, db (pid 7) gained most: 6.1 MiB of resident memory"))
    #expect(!sentence(list(8284), list(14568, "other")).contains("gained most"))
    #expect(!sentence(list(8284), list(8300)).contains("gained most"))
  }

  @Test func `single lines compare without a MemTotal`() {
    func lines(_ reclaimable: Int, _ unreclaimable: Int) -> Files {
      [
        "proc/meminfo": """
        Slab: \(reclaimable + unreclaimable) kB
        SReclaimable: \(reclaimable) kB
        SUnreclaim: \(unreclaimable) kB

        """
      ]
    }
    let sentence = sentence(lines(60000, 50000), lines(120_000, 70000))
    #expect(sentence.hasPrefix("Verdict: growing, cause unknown. Kernel memory grew by 19.5 MiB"))
    #expect(sentence.contains("cache grew by 58.6 MiB (reclaimable slab)"))
    #expect(sentence.contains("MemTotal is on neither side"))
  }

  @Test func `a line that is no class is named where nothing else is there`() {
    let sentence = sentence(
      ["proc/meminfo": "Unevictable: 60 kB\nMlocked: 60 kB\n"],
      ["proc/meminfo": "Unevictable: 1048508 kB\nMlocked: 1048508 kB\n"])
    #expect(sentence.contains("Of what can, Unevictable +1023.9 MiB and Mlocked +1023.9 MiB."))
  }

  @Test func `what is in no class isn't called the kernel's`() {
    let sentence = sentence(meminfo(), meminfo(["MemFree": 350_000]))
    #expect(sentence.contains("48.8 MiB went to no class"))
    #expect(!sentence.contains("Kernel memory grew"))
  }

  @Test func `every kind is named, the worrying first and cache last`() throws {
    let sentence = sentence(
      meminfo(),
      meminfo([
        "MemFree": 120_000, "SUnreclaim": 60000, "Slab": 120_000, "Cached": 380_000,
        "Shmem": 40000, "AnonPages": 180_000, "Active": 230_000, "Inactive": 340_000,
      ]))
    let kinds = [
      "Kernel memory grew by 19.5 MiB", "held for programs grew by 19.5 MiB: shmem",
      "programs grew by 78.1 MiB", "cache grew by 156.3 MiB (page cache)", "does it go on?",
    ]
    let places = try kinds.map { try #require(sentence.firstRange(of: $0)).lowerBound }
    #expect(places == places.sorted(), "\(sentence)")
    #expect(!sentence.contains("No leak"))
  }

  @Test func `cache is named after less that is held for programs`() {
    let sentence = sentence(
      meminfo(),
      meminfo(["MemFree": 190_000, "Cached": 400_000, "Inactive": 360_000, "PageTables": 16000]))
    #expect(sentence.hasPrefix("Verdict: held for user space."), "\(sentence)")
    #expect(sentence.contains("Besides, cache grew by 195.3 MiB"))
  }

  @Test func `the cause of a cache of sockets is what sockstat says became more`() {
    func files(_ slabs: Int, _ udp: Int) -> Files {
      meminfo(["SUnreclaim": 40000 + slabs * 4, "MemFree": 400_000 - slabs * 4])
        .merging(slabinfo([("PING", 100 + slabs)])) { $1 }
        .merging([
          "proc/net/sockstat":
            "sockets: used \(200 + udp)\nTCP: inuse 5 orphan 0\nUDP: inuse \(udp)\n"
        ]) { $1 }
    }
    let sentence = sentence(files(0, 10), files(5000, 40010))
    #expect(sentence.contains("sockets +19.5 MiB (UDP +40 000; slab cache PING)"), "\(sentence)")
  }

  @Test func `a change of MemTotal and swap that fills are told beside stable classes`() {
    let swap = "SwapTotal: 4000000 kB\nSwapFree: "
    func files(free: Int, _ changes: [String: Int] = [:]) -> Files {
      ["proc/meminfo": MeminfoText.balanced(changes) + swap + "\(free) kB\n"]
    }
    let swapped = sentence(files(free: 4_000_000), files(free: 3_000_000))
    #expect(swapped.contains("Swap in use grew by 976.6 MiB"), "\(swapped)")
    let calm = sentence(files(free: 4_000_000), files(free: 3_999_000))
    #expect(!calm.contains("Swap"), "\(calm)")
  }

  @Test func `one class of the kernel's that grows while another shrinks isn't passed over`() {
    let sentence = sentence(
      meminfo(["SUnreclaim": 40000, "Percpu": 90000]),
      meminfo(["SUnreclaim": 120_000, "Percpu": 10000]))
    #expect(sentence.contains("But slab, unreclaimable grew by 78.1 MiB"), "\(sentence)")
  }

  @Test func `a pool of huge pages gets no all-clear, as it stays whoever ends`() {
    func files(_ pages: Int) -> Files {
      let kilobytes = pages * 2048
      return meminfo([
        "MemFree": 400_000 - kilobytes, "HugePages_Total": pages, "Hugetlb": kilobytes,
      ])
    }
    let sentence = sentence(files(0), files(100))
    #expect(sentence.contains("set aside until vm.nr_hugepages is lowered"), "\(sentence)")
    #expect(!sentence.contains("Not a leak"), "\(sentence)")
  }

  @Test func `the later snapshot first accuses nobody`() {
    func files(_ seconds: Int, _ slab: Int) -> Files {
      meminfo(["SUnreclaim": slab, "MemFree": 440_000 - slab]).merging([
        "proc/uptime": "\(seconds).00 1.00\n",
        "proc/sys/kernel/random/boot_id": "c0ffee00-0000-4000-8000-000000000001\n",
      ]) { $1 }
    }
    let sentence = sentence(files(9000, 40000), files(100, 140_000))
    #expect(
      sentence
        == "Verdict: not enough data. The first snapshot is the later one: give the earlier one "
        + "first.")
  }

  @Test func `threads that ended and are kept get no all-clear`() {
    func files(_ slabs: Int, threads: Int) -> Files {
      meminfo(["SUnreclaim": 40000 + slabs * 4, "MemFree": 400_000 - slabs * 4])
        .merging(slabinfo([("task_struct", 100 + slabs)])) { $1 }
        .merging(["proc/loadavg": "0.00 0.00 0.00 1/\(threads) 4711\n"]) { $1 }
    }
    let kept = sentence(files(0, threads: 90), files(5000, threads: 92))
    #expect(kept.contains("Threads changed by +2 only, and objects of task_struct by +5 000"))
    #expect(kept.hasPrefix("Verdict: growing, cause unknown"), "\(kept)")
    #expect(!kept.contains("Not a leak"))
    let same = sentence(files(0, threads: 90), files(5000, threads: 90))
    #expect(same.contains("Threads changed by 0 only") && !same.contains("Not a leak"), "\(same)")
    let uncounted = sentence(
      files(0, threads: 90).filter { $0.key != "proc/loadavg" }, files(5000, threads: 5090))
    #expect(uncounted.contains("whether programs have more of them isn't known"), "\(uncounted)")
    #expect(!uncounted.contains("Not a leak"))
    let alive = sentence(files(0, threads: 90), files(5000, threads: 5090))
    #expect(alive.contains("Not a leak of the kernel"), "\(alive)")
  }

  @Test func `without a list of modules nothing is said of modules`() {
    func text(_ modules: Files) -> String {
      DiffText(
        DiffReport(
          from: Snapshot(typed: meminfo().merging(modules) { $1 }),
          to: Snapshot(typed: meminfo(["MemFree": 350_000]).merging(modules) { $1 })),
        style: .plain, isVerbose: false
      ).text
    }
    #expect(!text([:]).contains("module"))
    let modules = ["proc/modules": "demo 16384 0 - Live 0xffffffffc0000000\n"]
    #expect(text(modules).contains("no out-of-tree module was loaded meanwhile"))
  }
}
