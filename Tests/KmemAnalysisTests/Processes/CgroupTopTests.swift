import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@Suite struct CgroupTopTests {
  private func snapshot(_ web: Int, upTime: Int = 100) -> Snapshot {
    Snapshot(typed: [
      "proc/uptime": "\(upTime).00 1.0\n", "proc/sys/kernel/random/boot_id": "x\n",
      "sys/fs/cgroup/cgroup.stat": "nr_descendants 50\nnr_dying_descendants 7\n",
      "sys/fs/cgroup/system.slice/memory.current": "\(web + 100)\n",
      "sys/fs/cgroup/system.slice/web.service/memory.current": "\(web)\n",
      "sys/fs/cgroup/system.slice/web.service/memory.stat": "anon 600\nfile 100\nkernel 30\n",
      "sys/fs/cgroup/system.slice/db.service/memory.current": "100\n",
      "sys/fs/cgroup/system.slice/db.service/memory.stat": "anon 10\nfile 80\nkernel 90\n",
      "sys/fs/cgroup/user.slice/memory.current": "500\n",
    ])
  }

  @Test func `groups are ranked, and only those at the top add up`() throws {
    let top = try #require(CgroupTop(snapshot(1000)))
    #expect(
      top.rows.map(\.path) == [
        "system.slice", "system.slice/web.service", "user.slice", "system.slice/db.service",
      ])
    #expect(top.total == 1600)
    #expect(top.dying == 7)
    #expect(top.version == 2)
  }

  @Test func `any amount may rank them`() throws {
    let top = try #require(CgroupTop(snapshot(1000), order: .kernel))
    #expect(top.rows.first?.path == "system.slice/db.service")
  }

  @Test func `growth of groups, new ones included`() throws {
    let top = try #require(
      CgroupTop(snapshot(1500, upTime: 110), since: snapshot(1000), order: .growth))
    #expect(top.seconds == 10)
    #expect(top.rows.map(\.gained) == [500, 500, 0, 0])
  }

  @Test func `a snapshot without groups has no ranking`() {
    #expect(CgroupTop(Snapshot(typed: ["proc/meminfo": "MemTotal: 5 kB\n"])) == nil)
  }
}
