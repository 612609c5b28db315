import KmemTestSupport
import Testing

/// Texts as strangers paste them that aren't read: what they are called.
@Suite struct PastedRefusalsTests {
  private func run(_ verb: String, _ text: String) throws -> Program.Result {
    try Program().run(verb, "-", input: Array(text.utf8), user: .whoeverTests)
  }

  @Test func `a few options that a mail quotes are no configuration`() throws {
    let options = "CONFIG_DEBUG_KMEMLEAK=y\n# CONFIG_DEBUG_KMEMLEAK_TEST is not set\n"
    let text = "the .config is below:\n\(options)and KMEMLEAK is disabled, why?\n"
    let status = try Program().run("status", "--config", "-", input: Array(text.utf8))
    #expect(!status.output.contains("no debugfs"), "\(status.output)")
    let shown = try run("show", text)
    #expect(!shown.errors.contains("is a kernel configuration"), "\(shown.errors)")
    let whole = (1...120).map { "CONFIG_OPTION_\($0)=y\n" }.joined()
    #expect(try run("show", text + whole).errors.contains("is a kernel configuration"))
    #expect(try run("show", options).errors.contains("is a kernel configuration"))
  }

  @Test(arguments: [
    (
      "Name: btm\nVmSize: 30000000 kB\nVmRSS: 28244936 kB\nRssAnon: 28242120 kB\n",
      "status of a process"
    ),
    (
      "COMMAND PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\nsslh 7 nobody 3u IPv4 1 0t0 TCP a:b\n",
      "list of open files"
    ),
    (
      "55d0c1c00000-55d0c1d00000 rw-p 00000000 00:00 0          [heap]\n7f2a0c000000-7f2a0c021000 rw-p 00000000 00:00 0\n",
      "/proc/PID/maps"
    ),
    ("lrwx------ 1 root root 64 Mar 1 10:00 10 -> anon_inode:[eventfd]\n", "open files"),
    (
      "Dma-buf Objects:\nsize flags mode count exp_name\n00036864 00000002 00080007 4 drm\n",
      "list of dma-bufs"
    ),
    ("6049 shrinkable [0 free] objects, 1254862848 bytes\n", "i915_gem_objects"),
    ("mem avail: 327 of 5875 MiB (5) %\nInvoking oom killer: done\n", "earlyoom"),
    ("------ Shared Memory Segments --------\nkey shmid owner perms bytes\n", "ipcs"),
    (
      "    Last State:     Terminated\n      Reason:       OOMKilled\n",
      "killed a container for memory"
    ),
  ])
  func `a text that isn't read is called by its name`(text: String, words: String) throws {
    let shown = try run("show", text)
    #expect(shown.status == 65 && shown.errors.contains(words), "\(shown.errors)")
  }

  @Test func `leaks of a log of systemd-oomd doesn't say that memory ran short`() throws {
    let text = """
      systemd-oomd[700]: Killed /user.slice/a.scope due to memory pressure for /user.slice being \
      51.07% > 50.00% for > 20s with reclaim activity

      """
    let answer = try run("leaks", text)
    #expect(answer.status != 0 && !(answer.output + answer.errors).contains("memory ran short"))
    #expect((answer.output + answer.errors).contains("kmemcheck show"), "\(answer)")
  }

  @Test func `memory.stat of one group is read, and the limit that isn't there is asked for`()
    throws
  {
    let text = "$ cat memory.stat\ncache 1404928\nrss 225280\npgpgin 4605\npgfault 5144\n"
    let shown = try run("show", text)
    #expect(shown.status == 0 && shown.output.contains("its limit isn't told"), "\(shown.output)")
    #expect(shown.output.contains("How near its limit it is can't be told"))
    let compared = try run("diff", text)
    #expect(compared.status == 65 && compared.errors.contains("memory.stat of a control group"))
  }

  @Test(arguments: [
    (
      "BUG: KASAN: use-after-free in f+0x1/0x2\nRead of size 8 at addr ffff888112fb0800\n",
      "misused"
    ),
    ("INFO: task dd:77 blocked for more than 120 seconds.\n", "a task that waits"),
    ("[<00000000d02bb5ca>] kstrdup+0x32/0x60\n[<e2beb3a0>] f+0x24/0x30\n", "kmemcheck leaks"),
  ])
  func `faults of other kinds are called by their names`(text: String, words: String) throws {
    let shown = try run("show", text)
    #expect(shown.status == 65 && shown.errors.contains(words), "\(shown.errors)")
  }

  @Test func `what leaks reads is told, whatever else the text has`() throws {
    let text = """
      ==7== Memcheck, a memory error detector
      ==7== HEAP SUMMARY:
      ==7==     in use at exit: 72,704 bytes in 1 blocks
      ==7==   total heap usage: 2 allocs, 1 frees, 72,705 bytes allocated
      the pod was OOMKilled

      """
    #expect(try run("show", text).errors.contains("kmemcheck leaks - reads it"))
  }
}
