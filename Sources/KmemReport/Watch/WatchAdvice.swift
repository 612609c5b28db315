import KmemAnalysis

/// How to look closer at what grows, in sentences whose commands can be copied as they stand.
struct WatchAdvice {
  let id: SeriesID
  /// Whether the memory is held for user space.
  let isHeld: Bool
  /// What is known of the program that is named.
  let program: ProgramFacts?

  var sentences: [String] {
    switch id {
    case .process(let process, let facet): of(process.pid, facet)
    case .command(let name):
      ["Which of its processes: ps -C \(ShellWords.quoted(name)) -o pid,rss,etime,args --sort=-rss"]
    case .commandProcesses(let name):
      ["Who starts them: ps -C \(ShellWords.quoted(name)) -o pid,ppid,etime,stat,args --sort=etime"]
    case .cgroup(let path):
      // It lists the groups of both versions, and of groups below it too.
      [
        "Which of its processes has most: ps -eo rss,pid,comm,cgroup --sort=-rss | grep -F"
          + " \(ShellWords.quoted("/" + path)) | head -5"
      ]
    case .count(let things): Self.of(things)
    case .memoryClass(.shmem) where isHeld, .slabCache("shmem_inode_cache") where isHeld:
      Self.sharedMemory
    case .memoryClass(.hugePages):
      ["Who set them aside: sysctl vm.nr_hugepages vm.nr_overcommit_hugepages"]
    case .memoryClass(.anonymous), .memoryClass(.lruInTransit), .side(.userSpace):
      ["Which program: sudo kmemcheck top processes --sort growth --interval 60"]
    case .system, .side, .memoryClass, .slabCache, .vmallocCaller, .allocationSite, .module:
      isHeld ? Self.of(.openFiles) : []
    }
  }

  private func of(_ pid: Int, _ facet: ProcessFacet) -> [String] {
    switch facet {
    case .memory:
      ["Which of its mappings grows: kmemcheck maps \(pid) --diff 60"]
        + AllocatorAdvice(pid: pid, program: program).sentences
    case .space: ["Which of its mappings grows: kmemcheck maps \(pid) --diff 60 --sort vss"]
    case .shared:
      ["Which of its mappings grows: kmemcheck maps \(pid) --diff 60"] + Self.sharedMemory
    case .files:
      [
        "What they are: sudo ls -l /proc/\(pid)/fd | awk 'NR > 1 {print $NF}' | sed 's/[0-9][0-9]*/N/g'"
          + " | sort | uniq -c | sort -n | tail -5",
        "Where it opens them: sudo strace -f -k -e trace=%desc -p \(pid)",
      ]
    case .threads: threads(pid)
    case .children: ["Which they are: ps --ppid \(pid) -o pid,etime,stat,args --sort=etime"]
    case .zombies:
      [
        "Which they are: ps --ppid \(pid) -o pid,etime,stat,comm --sort=etime",
        "A zombie can't be killed, and goes when process \(pid) waits for it or ends itself.",
      ]
    }
  }

  private func threads(_ pid: Int) -> [String] {
    let stacks =
      program?.runtime == .java
      ? "jcmd \(pid) Thread.print" : "sudo gdb -p \(pid) -batch -ex 'thread apply all bt 8'"
    return [
      "What they wait for: ps -L -p \(pid) -o tid,etime,wchan:32,comm --sort=etime",
      "Where they are in the program: \(stacks)",
    ]
  }

  private static let sharedMemory = [
    "Segments of System V, with who made them: ipcs -mp",
    "Files in tmpfs: df -t tmpfs",
    "Files of memfd: sudo find /proc -maxdepth 3 -path '/proc/[0-9]*/fd/*' -lname '/memfd:*' | cut -d/ -f3"
      + " | sort | uniq -c | sort -n | tail -3",
  ]

  /// How to find out whose the things are.
  private static func of(_ things: KernelCount) -> [String] {
    switch things {
    case .threads:
      // Each process is a thread too, and so is a zombie.
      ["Which process has most: ps -eo nlwp,pid,comm --sort=nlwp | tail -3"] + of(.processes)
    case .processes: ["Which command has most: ps -eo comm= | sort | uniq -c | sort -n | tail -3"]
    case .zombies:
      [
        "Whose they are: ps -eo ppid=,stat= | awk '$2 ~ /^Z/ {print $1}' | sort | uniq -c | sort -n | tail -3",
        "A zombie can't be killed, and goes when its parent waits for it or ends itself.",
      ]
    case .sockets:
      [
        "Which process has most: sudo ss -HatuxpO | grep -o 'pid=[0-9]*' | sort | uniq -c | sort -n | tail -3"
      ]
    case .socketBuffers:
      // The third column is what waits to be read, the fourth what waits to be sent, in bytes.
      [
        "Which process has most in them: sudo ss -HatuxpO | awk 'match($0, /pid=[0-9]+/)"
          + " {n[substr($0, RSTART, RLENGTH)] += $3 + $4} END {for (p in n) print n[p], p}' | sort -n | tail -3"
      ]
    case .timeWait:
      [
        "To whom they were: ss -Htan state time-wait | awk '{print $4}' | sort | uniq -c | sort -n | tail -3"
      ]
    case .trackedConnections:
      [
        "Whose they are: sudo conntrack -L -o extended | awk '{print $7}' | sort | uniq -c | sort -n | tail -3"
      ]
    case .controlGroups: ["Where they are: find /sys/fs/cgroup -type d | sort | tail -20"]
    case .semaphores: ["Whose they are: ipcs -s -c"]
    case .messages: ["Whose they are: ipcs -q -p"]
    case .namespaces: ["Which they are: lsns; findmnt -t nsfs"]
    case .routes: ["Which they are: ip addr; ip route show table all"]
    case .openFiles, .mounts, .dyingCgroups, .inodes, .dentries:
      [
        "Which process has most: sudo sh -c 'for p in /proc/[0-9]*; do echo $(ls $p/fd | wc -l) $p $(cat"
          + " $p/comm); done' | sort -n | tail -3"
      ]
    }
  }
}
