import KmemParsers
import KmemTestSupport
import Testing

@testable import KmemSnapshot

@Suite struct CountsTests {
  @Test func `counts come from their files' first numbers`() {
    let counts = Snapshot(typed: [
      "proc/sys/fs/file-nr": "1216\t0\t400000\n", "proc/sys/fs/inode-nr": "151000\t2000\n",
      "proc/sys/fs/dentry-state": "615472\t581000\t45\t0\t2000\t0\n",
      "proc/net/sockstat": "sockets: used 64\nTCP: inuse 5 orphan 0 tw 0 alloc 7 mem 1\n",
      "proc/loadavg": "0.10 0.20 0.30 2/193 4242\n",
      "sys/fs/cgroup/cgroup.stat": "nr_descendants 40\nnr_dying_descendants 7\n",
    ]).counts
    #expect(counts.openFiles == 1216)
    #expect(counts.inodes == 151_000)
    #expect(counts.dentries == 615_472)
    #expect(counts.unusedDentries == 581_000)
    #expect(counts.sockets == 64)
    #expect(counts.tasks == 193)
    #expect(counts.dyingCgroups == 7)
  }

  @Test func `routes of both families are added up, those of IPv6 from hexadecimal`() {
    let tables = "Main:\n\tLeaves:         2\n\tPrefixes:       3\nLocal:\n\tPrefixes:       4\n"
    let stats = "0009 0006 000e 0017 0000 0000 0000\n"
    func routes(_ files: [String: String]) -> Int64? { Snapshot(typed: files).counts.routes }
    #expect(routes(["proc/net/fib_triestat": tables, "proc/net/rt6_stats": stats]) == 30)
    #expect(routes(["proc/net/fib_triestat": tables]) == 7)
    #expect(routes(["proc/net/fib_triestat": "\tPrefixes:  x\n"]) == nil)
    #expect(routes([:]) == nil)
  }

  @Test func `control groups of both versions are added up, each hierarchy once`() {
    let table =
      "#subsys_name\thierarchy\tnum_cgroups\tenabled\ncpu\t1\t3\t1\ncpuacct\t1\t3\t1\n"
      + "memory\t4\t46\t1\nnet_cls\t0\t200\t1\n"
    let stat = "nr_descendants 40\nnr_dying_descendants 7\n"
    func groups(_ files: [String: String]) -> Int64? { Snapshot(typed: files).counts.controlGroups }
    #expect(groups(["proc/cgroups": table]) == 49)
    #expect(groups(["proc/cgroups": table, "sys/fs/cgroup/cgroup.stat": stat]) == 89)
    #expect(groups(["sys/fs/cgroup/cgroup.stat": stat]) == 40)
    #expect(groups(["proc/cgroups": "#subsys_name\thierarchy\tnum_cgroups\tenabled\n"]) == nil)
    #expect(groups([:]) == nil)
  }

  @Test func `semaphores and messages are counted, not their arrays and queues`() {
    let semaphores =
      "       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime\n"
      + "         0          0   644      30000     0     0     0     0          0 1764326976\n"
      + "     99887          1   600         25     0     0     0     0          0 1764326976\n"
    let queues =
      "       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid\n"
      + "         0          0   600        8000          1   712     0     0     0     0     0\n"
    let mounts = "nsfs /run/netns/a nsfs rw 0 0\ntmpfs /run tmpfs rw 0 0\n"
    let counts = Snapshot(typed: [
      "proc/sysvipc/sem": semaphores, "proc/sysvipc/msg": queues, "proc/mounts": mounts,
    ]).counts
    #expect(counts.semaphores == 30_025)
    #expect(counts.messages == 1)
    #expect(counts.namespaces == 1)
    let broken = Snapshot(typed: ["proc/sysvipc/sem": "key nsems\n 0 x\n"]).counts
    #expect(broken.semaphores == nil)
  }

  @Test func `counts that no file gives are missing, not zero`() {
    let counts = Snapshot(typed: [:]).counts
    #expect(counts.openFiles == nil)
    #expect(counts.mounts == nil)
    #expect(counts.dyingCgroups == nil)
    #expect(counts.tasks == nil)
  }

  @Test(arguments: Fixture.all)
  func `every fixture is read without a remark, but that a capture has no digests`(name: String)
    throws
  {
    let snapshot = try Fixture.snapshot(name)
    let remarks = snapshot.remarks.map(\.reason).filter { !$0.contains("without digests") }
    #expect(remarks == [])
    #expect(snapshot.meminfo.value != nil)
    #expect(snapshot.zoneinfo.value != nil)
  }

  @Test func `sets of merged caches and their accounts come from sysfs`() throws {
    let snapshot = try Fixture.snapshot("captures/6.18-guest-after")
    let aliases = try #require(snapshot.slabAliases.value)
    #expect(aliases.aliases(of: "lsm_inode_cache").contains("ext4_io_end_vec"))
    #expect(snapshot.reclaimAccounts["dentry"] == true)
    #expect(snapshot.reclaimAccounts["shmem_inode_cache"] == false)
  }
}
