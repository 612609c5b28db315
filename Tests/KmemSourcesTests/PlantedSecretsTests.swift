import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemSources

/// Secrets of every kind, each a word of its own, in every member that may have one.
@Suite struct PlantedSecretsTests {
  private struct Planted {
    var members: [String: String] = [:]
    var secrets: [String] = []
    var capture = Capture(origin: "x", kind: .live)

    /// A secret that stands nowhere else.
    mutating func secret(_ kind: String) -> String {
      let word = "zq\(kind)\(secrets.count)"
      secrets.append(word)
      return word
    }
  }

  @Test func `of seventy planted secrets none is in the capture that is written`() throws {
    let planted = Self.planted()
    #expect(planted.secrets.count >= 60)
    let folder = try TemporaryFolder()
    var redaction = Redaction()
    let result = redaction.redacted(planted.capture)
    try CaptureWriter(result).write(to: "\(folder.path)/r.tar.zst")
    let packed = try SmallFile("\(folder.path)/r.tar.zst", limit: 1 << 24).bytes()
    let text = String(decoding: try decompressed(packed), as: UTF8.self)
    #expect(text.contains("manifest.json") && text.contains("kmem_cache_alloc+0x10/0x20"))
    for secret in planted.secrets {
      let bytes = Array(secret.utf8)
      let hex = bytes.map { String(Int($0) | 0x100, radix: 16).dropFirst() }
      #expect(!text.contains(secret), "\(secret)")
      #expect(!text.contains(hex.joined()), "\(secret) in hexadecimal")
      #expect(!text.contains(hex.joined(separator: " ")), "\(secret) in a dump")
    }
    let read = try capture(at: .path("\(folder.path)/r.tar.zst"))
    #expect(Snapshot(read).processes.value?.records.count == 1)
    #expect(Snapshot(read).mounts.value?.mounts.count == 2)
    #expect(read.manifest?.redaction?.leftOut.isEmpty == false)
  }

  private static func planted() -> Planted {
    var plan = Planted()
    plan.capture.manifest = Manifest(
      tool: "1", start: .init(wall: 0, boot: nil), end: .init(wall: 0, boot: nil))
    let (host, label) = (plan.secret("host"), plan.secret("label"))
    plan.capture.manifest?.hostname = host
    plan.capture.manifest?.label = label
    plantFiles(&plan)
    plantProcess(&plan)
    plantLog(&plan)
    plantStacks(&plan)
    for (path, text) in plan.members {
      plan.capture.sources[path] = SourceReading(outcome: .read, bytes: Array(text.utf8))
    }
    return plan
  }

  private static func plantFiles(_ plan: inout Planted) {
    plan.members["proc/sys/kernel/hostname"] = plan.secret("kernelhost") + "\n"
    plan.members["etc/hostname"] = plan.secret("etchost") + "\n"
    plan.members["sos_commands/host/hostname"] = plan.secret("soshost") + "\n"
    plan.members["sos_commands/kernel/uname_-a"] = "Linux \(plan.secret("uname")) 6.1.0 #1 SMP\n"
    plan.members["proc/version"] =
      "Linux version 6.1.0 (\(plan.secret("builder"))@\(plan.secret("buildhost"))) (gcc) #1 SMP\n"
    plan.members["proc/cmdline"] = "root=\(plan.secret("root")) password=\(plan.secret("param"))\n"
    plan.members["proc/mounts"] = """
      \(plan.secret("server")):/\(plan.secret("export")) /\(plan.secret("mount")) nfs rw,addr=\(plan.secret("addr")),clientaddr=\(plan.secret("client")),\(plan.secret("flag")) 0 0
      /dev/mapper/\(plan.secret("volume")) /home/\(plan.secret("user"))/data ext4 rw 0 0

      """
    plan.members["proc/swaps"] =
      "Filename\tType\tSize\tUsed\tPriority\n/\(plan.secret("swap")) file 1 0 -2\n"
    let group = "sys/fs/cgroup/\(plan.secret("slice")).slice/docker-\(plan.secret("docker")).scope"
    plan.members["\(group)/memory.current"] = "4096\n"
    plan.members["sys/fs/cgroup/\(plan.secret("pod"))/memory.stat"] = "anon 4096\n"
    plan.members["proc/slabinfo"] = """
      slabinfo - version: 2.1
      # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>
      dentry(42:\(plan.secret("memcg")).service) 10 21 192 21 1 : tunables 0 0 0 : slabdata 1 1 0

      """
    plan.members["sys/kernel/slab/dentry(7:\(plan.secret("cache")))/ctor"] = "x\n"
    plan.capture.links["sys/kernel/slab/inode(7:\(plan.secret("link")))"] =
      ":t(7:\(plan.secret("target")))"
    plan.members["kmemcheck/\(plan.secret("unknownname")).json"] = plan.secret("unknown")
    plan.members["proc/\(plan.secret("file"))"] = plan.secret("filetext")
    plan.members["text/ps"] = "\(plan.secret("psuser")) 1 \(plan.secret("pscommand"))\n"
    plan.members["text/top"] = plan.secret("top") + "\n"
    plan.members["text/smem"] = plan.secret("smem") + "\n"
    plan.members["proc/meminfo"] = "\(plan.secret("nomeminfo"))\n"
    plan.members["kmemcheck/modules.json"] = """
      {"schema":"kmemcheck.modules/1","modules":{"ext4":{"path":"/lib/\(plan.secret("modpath"))/a.ko","dependencies":[],"information":{"author":["\(plan.secret("author"))"]}}}}
      """
    plan.members["kmemcheck/owners.json"] = """
      {"schema":"kmemcheck.owners/1","caches":{},"files":{"ext4":{"path":"/srv/\(plan.secret("ownerpath"))"}}}
      """
    plan.capture.sources["proc/vmstat"] = SourceReading(
      outcome: .denied, reason: "/\(plan.secret("reason")) is denied")
  }

  private static func plantProcess(_ plan: inout Planted) {
    let comm = String(plan.secret("comm").prefix(15))
    let process = Capture(processes: [TypedProcess(812, comm)])
    for (path, reading) in process.sources where plan.capture.sources[path] == nil {
      plan.capture.sources[path] = reading
    }
    plan.members["proc/812/cmdline"] =
      "/opt/\(plan.secret("program"))\0--password=\(plan.secret("argument"))\0"
    plan.members["proc/812/status"] = "Name:\t\(plan.secret("name"))\nUid:\t0\t0\t0\t0\n"
    plan.members["proc/812/smaps"] =
      [
        "/home/\(plan.secret("mapuser"))/lib\(plan.secret("library")).so",
        "/memfd:\(plan.secret("memfd")) (deleted)", "[anon:\(plan.secret("anonname"))]",
        "/dev/shm/\(plan.secret("shm"))", "[\(plan.secret("bracket"))]",
      ].map { "55d0c0de1000-55d0c0de2000 r--p 00000000 08:01 42 \($0)\nRss: 4 kB\n" }.joined()
    plan.secrets.append("55d0c0de")
  }

  private static func plantLog(_ plan: inout Planted) {
    let host = plan.secret("loghost")
    func line(_ text: String) -> String { "Nov 27 10:00:00 \(host) kernel: [  1.000001] \(text)\n" }
    let lines = [
      "\(plan.secret("oomcomm")) invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0",
      "CPU: 0 PID: 7 Comm: \(plan.secret("cpucomm")) Not tainted 6.1.0-\(plan.secret("release"))",
      "Hardware name: \(plan.secret("vendor"))",
      "[    812]  1000   812     1234      567    81920        0             0 \(plan.secret("task"))",
      "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=\(plan.secret("cpuset")),mems_allowed=0,global_oom,task_memcg=/\(plan.secret("taskgroup")),task=\(plan.secret("killed")),pid=812,uid=0",
      "Out of memory: Killed process 812 (\(plan.secret("victim"))) total-vm:1kB, anon-rss:1kB",
      "Memory cgroup stats for /\(plan.secret("stats")): cache:0KB",
      "Task in /\(plan.secret("taskin")) killed as a result of limit of /\(plan.secret("limit"))",
      "\(plan.secret("failed")): page allocation failure: order:4, mode:0xcc0(GFP_KERNEL)",
      "usb 1-1: SerialNumber: \(plan.secret("serial"))",
      "IPv4: martian source 10.11.12.13 from 10.14.15.16, fe80::aa:bbcc",
      "nfs: server \(plan.secret("nfs")) not responding",
      "audit: uid=0 exe=\"/home/\(plan.secret("audit"))\"",
      "kmemleak: 3 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
    ]
    plan.secrets += ["10.11.12.13", "10.14.15.16", "fe80::aa:bbcc"]
    plan.members["var/log/kmemcheck-kernel.log"] = lines.map(line).joined()
    plan.members["sos_commands/kernel/dmesg"] = line("\(plan.secret("dmesg")): x")
    plan.members["var/log/kern.log"] = line("[drm] \(plan.secret("kernlog"))")
    plan.members["var/log/dmesg"] = line("systemd[1]: Hostname set to <\(plan.secret("systemd"))>")
    plan.members["kmemcheck/scan.json"] = """
      {"schema":"kmemcheck.scan/1","scans":[],"minimumAge":1,"readings":1,"alarms":["\(plan.secret("alarm"))"]}
      """
  }

  private static func plantStacks(_ plan: inout Planted) {
    let dump = plan.secret("dump")
    let hex = dump.utf8.map { String(Int($0) | 0x100, radix: 16).dropFirst() }
    plan.members["sys/kernel/debug/kmemleak"] = """
      unreferenced object 0xffff88810badc0de (size 32):
        comm "\(plan.secret("leakcomm"))", pid 812, jiffies 4294893021
        hex dump (first 32 bytes):
          \(hex.joined(separator: " "))  \(dump)
        backtrace (crc ae63ac50):
          [<ffffffff8badc0de>] kmem_cache_alloc+0x10/0x20 [ext4]
          \(plan.secret("leakline"))

      """
    plan.secrets += ["ffff88810badc0de", "ffffffff8badc0de", "ae63ac50"]
    plan.members["sys/kernel/debug/page_owner"] = """
      Page allocated via order 0, mask 0xcc0(GFP_KERNEL), pid 1, tgid 1 (\(plan.secret("owner"))), ts 5 ns
       kmem_cache_alloc+0x10/0x20
      Charged to memcg \(plan.secret("charged"))

      """
    plan.members["sys/kernel/debug/slab/dentry/alloc_traces"] =
      "     54 kmem_cache_alloc+0x10/0x20 age=1/2/3 pid=1-20 cpus=0-3\n \(plan.secret("trace"))\n"
    plan.members["proc/modules"] = "ext4 16384 0 - Live 0xffffffffc0badc0d (OE)\n"
    plan.secrets.append("ffffffffc0badc0d")
    plan.capture.manifest?.machineID = "0123456789abcdef0123456789badbad"
    plan.members["etc/machine-id"] = "0123456789abcdef0123456789badbad\n"
    plan.secrets.append("0123456789abcdef0123456789badbad")
    plan.capture.manifest?.bootID = "badb0071-6cea-46d9-b21e-b9136366065a"
    plan.secrets.append("badb0071")
  }
}
