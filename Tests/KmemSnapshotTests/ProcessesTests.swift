import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@Suite struct ProcessesTests {
  @Test func `a process has what its files tell, in bytes`() throws {
    let typed = TypedProcess(812, "sshd", uss: 300).with {
      $0.command = "/usr/sbin/sshd -D"
      $0.user = 7
      $0.descriptors = 9
      $0.swap = 12
    }
    let list = try #require(Snapshot(processes: [typed]).processes.value)
    let record = try #require(list.records.first)
    #expect(record.identity == ProcessIdentity(pid: 812, startTime: 100))
    #expect(record.commandLine == "/usr/sbin/sshd -D")
    #expect(record.userID == 7)
    #expect(record.resident == 512_000)
    #expect(record.residentAnonymous == 307_200)
    #expect(record.swap == 12_288)
    #expect(record.maps?[.pss] == 358_400)
    #expect(record.mapsOrigin == .rollup)
    #expect(record.descriptors == 9)
    #expect(record.minorFaults == 97)
  }

  @Test func `coverage counts who was measured and why others weren't`() throws {
    let processes = [
      TypedProcess(1, "init"), TypedProcess(2, "kthreadd").with { $0.isKernelThread = true },
      TypedProcess(3, "a").with { $0.missing = .denied },
      TypedProcess(4, "b").with { $0.missing = .skipped },
      TypedProcess(5, "c").with { $0.missing = .timedOut },
    ]
    let coverage = try #require(Snapshot(processes: processes).processes.value).coverage
    #expect(coverage.processes == 4)
    #expect(coverage.kernelThreads == 1)
    #expect(coverage.measured == 1)
    #expect(coverage.denied == 1)
    #expect(coverage.skipped == 2)
    #expect(!coverage.hidesOthers)
  }

  @Test func `hidepid is told by the missing process 1`() throws {
    let list = try #require(Snapshot(processes: [TypedProcess(500, "a")]).processes.value)
    #expect(list.coverage.hidesOthers)
  }

  @Test func `processes count as no sources of the capture`() {
    let capture = Capture(
      processes: [TypedProcess(1, "init"), TypedProcess(2, "a")],
      beside: ["proc/meminfo": "MemTotal: 100 kB\n"])
    #expect(Snapshot(capture).coverage.read == 2)
    #expect(Snapshot(capture).coverage.notRead == [])
  }

  @Test func `without smaps_rollup the mappings are added up`() throws {
    let smaps = """
      1000-2000 rw-p 00000000 00:00 0
      Rss: 4 kB
      Pss: 4 kB
      Private_Dirty: 4 kB
      2000-3000 rw-p 00000000 00:00 0
      Rss: 8 kB
      Pss: 3 kB
      Private_Dirty: 0 kB

      """
    let snapshot = Snapshot(typed: [
      "proc/7/smaps": smaps, "proc/7/status": "Name:\tx\nVmSize:\t9 kB\n",
    ])
    let record = try #require(snapshot.processes.value?.records.first)
    #expect(record.maps?[.rss] == 12_288)
    #expect(record.maps?[.pss] == 7_168)
    #expect(record.mapsOrigin == .smaps)
    #expect(record.identity == nil)
  }

  @Test func `a sosreport's status alone tells what it can`() throws {
    let status =
      "Name:\tx\nState:\tS\nUid:\t5\t5\t5\t5\nVmSize:\t900 kB\nVmRSS:\t100 kB\nRssAnon:\t60 kB\n"
    let list = try #require(
      Snapshot(typed: ["proc/7/status": status, "proc/8/status": "Name:\tkswapd0\nState:\tS\n"])
        .processes.value)
    #expect(list.records.map(\.isKernelThread) == [false, true])
    #expect(list.records[0].residentAnonymous == 61_440)
    #expect(list.records[0].maps == nil)
    #expect(list.coverage.absent == 1)
    #expect(!list.coverage.hidesOthers)
  }

  @Test(arguments: ["", "12", "12 (x", "99 (other) S 1 1 1 0 -1 0 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"])
  func `a damaged or foreign stat is as if it weren't there`(stat: String) throws {
    let snapshot = Snapshot(typed: [
      "proc/12/stat": stat, "proc/12/status": "Name:\tx\nVmRSS:\t4 kB\n",
    ])
    let record = try #require(snapshot.processes.value?.records.first)
    #expect(record.comm == "x")
    #expect(record.startTime == nil)
  }

  @Test func `a capture without processes says so`() {
    let snapshot = Snapshot(typed: ["proc/meminfo": "MemTotal: 1 kB\n"])
    #expect(snapshot.processes.missing?.cause == .absent)
  }

  @Test(
    arguments: [
      ("proc/812/stat", 812), ("proc/812", nil), ("proc/812/", nil), ("proc/stat", nil),
      ("proc/0/stat", nil), ("proc/8a/stat", nil), ("proc/99999999999999999999/stat", nil),
      ("xproc/1/stat", nil), ("proc/1/task/2/stat", 1),
    ] as [(String, Int?)])
  func `a path names its process`(path: String, pid: Int?) {
    #expect(Capture.process(of: path) == pid)
  }
}

@Suite struct CgroupsTests {
  @Test func `groups of version 2 have their amounts and dying descendants`() throws {
    let groups = try #require(
      Snapshot(typed: [
        "sys/fs/cgroup/cgroup.stat": "nr_descendants 50\nnr_dying_descendants 7\n",
        "sys/fs/cgroup/system.slice/memory.current": "1000\n",
        "sys/fs/cgroup/system.slice/memory.swap.current": "30\n",
        "sys/fs/cgroup/system.slice/memory.stat": "anon 400\nfile 500\nkernel 100\nslab 60\n",
        "sys/fs/cgroup/system.slice/cgroup.stat": "nr_descendants 3\nnr_dying_descendants 2\n",
        "sys/fs/cgroup/system.slice/a.service/memory.stat": "anon 1\nslab 60\nkernel_stack 5\n",
      ]).cgroups.value)
    #expect(groups.map(\.path) == ["", "system.slice", "system.slice/a.service"])
    #expect(groups.map(\.version) == [2, 2, 2])
    #expect(groups[0].dyingDescendants == 7)
    #expect(groups[1].memory == 1000)
    #expect(groups[1].swap == 30)
    #expect(groups[1].kernel == 100)
    #expect(groups[1].dyingDescendants == 2)
    #expect(groups[2].kernel == 65)
    #expect(groups[2].memory == nil)
  }

  @Test func `groups of version 1 count those below, and swap apart from memory`() throws {
    let groups = try #require(
      Snapshot(typed: [
        "sys/fs/cgroup/memory/memory.usage_in_bytes": "9000\n",
        "sys/fs/cgroup/memory/docker/memory.usage_in_bytes": "1000\n",
        "sys/fs/cgroup/memory/docker/memory.memsw.usage_in_bytes": "1500\n",
        "sys/fs/cgroup/memory/docker/memory.kmem.usage_in_bytes": "70\n",
        "sys/fs/cgroup/memory/docker/memory.stat":
          "cache 1\nrss 2\ntotal_cache 400\ntotal_rss 500\n",
        "sys/fs/cgroup/unified/cgroup.stat": "nr_descendants 1\nnr_dying_descendants 0\n",
      ]).cgroups.value)
    let docker = try #require(groups.first { $0.path == "docker" })
    #expect(docker.version == 1)
    #expect(docker.memory == 1000)
    #expect(docker.swap == 500)
    #expect(docker.kernel == 70)
    #expect(docker.anonymous == 500)
    #expect(docker.file == 400)
    #expect(groups.first { $0.version == 2 }?.dyingDescendants == 0)
  }

  @Test func `a group of version 2 may be called memory`() throws {
    let groups = try #require(
      Snapshot(typed: [
        "sys/fs/cgroup/memory.stat": "anon 1\n", "sys/fs/cgroup/memory/memory.stat": "anon 2\n",
      ]).cgroups.value)
    #expect(groups.map(\.path) == ["", "memory"])
    #expect(groups.map(\.version) == [2, 2])
  }

  @Test func `damaged files leave values unknown`() throws {
    let groups = try #require(
      Snapshot(typed: [
        "sys/fs/cgroup/a/memory.current": "x\n", "sys/fs/cgroup/a/memory.stat": "anon 5\n",
      ]).cgroups.value)
    #expect(groups.first?.memory == nil)
    #expect(groups.first?.anonymous == 5)
  }
}
