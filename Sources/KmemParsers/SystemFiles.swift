// The files that need no parser of their own: a word, a line or a few numbers are taken from them.

extension KernelFile {
  /// Seconds since boot, and idle seconds of all processors (`fs/proc/uptime.c`).
  package static let uptime = KernelFile("proc/uptime", names: ["uptime"])

  /// Times and counts since boot (`fs/proc/stat.c`), of which `btime` is the time of boot.
  package static let stat = KernelFile("proc/stat", names: ["stat"])

  /// The load, and behind a slash the number of tasks (`fs/proc/loadavg.c`).
  package static let loadAverage = KernelFile("proc/loadavg", names: ["loadavg"])

  /// The swap areas (`mm/swapfile.c`).
  package static let swaps = KernelFile(
    "proc/swaps", names: ["swaps"], marks: [TextMark(.weak, line: "Filename\t")],
    secrets: .firstField)

  /// The controllers of control groups (`kernel/cgroup/cgroup-v1.c`).
  package static let cgroups = KernelFile(
    "proc/cgroups", names: ["cgroups"], marks: [TextMark(.weak, line: "#subsys_name")])

  /// Open files: how many there are, how many are free, how many may be (`fs/file_table.c`).
  package static let openFiles = KernelFile("proc/sys/fs/file-nr")

  /// Inodes in memory, and how many of them are free (`fs/inode.c`).
  package static let inodes = KernelFile("proc/sys/fs/inode-nr")

  /// Directory entries in memory, and how many of them no one uses (`fs/dcache.c`).
  package static let directoryEntries = KernelFile("proc/sys/fs/dentry-state")

  /// System V shared memory segments (`ipc/shm.c`); column 15, RAM, is printed since 2.6.36.
  package static let sharedSegments = KernelFile(
    "proc/sysvipc/shm", secrets: .segments, limit: 16 << 20)

  /// System V semaphores, an array a line (`ipc/sem.c`).
  package static let semaphores = KernelFile(
    "proc/sysvipc/sem", secrets: .segments, limit: 16 << 20)

  /// System V message queues, one a line (`ipc/msg.c`).
  package static let messageQueues = KernelFile(
    "proc/sysvipc/msg", secrets: .segments, limit: 16 << 20)

  /// How many TCP sockets without a process there may be (`net/ipv4/sysctl_net_ipv4.c`).
  package static let orphanLimit = KernelFile("proc/sys/net/ipv4/tcp_max_orphans")

  /// How many prefixes each table of IPv4 routes has (`net/ipv4/fib_trie.c`); each address has some.
  ///
  /// Until rules are added both tables are one, and each prefix is listed twice. A check alone reads
  /// it: the kernel walks all routes for it.
  package static let ipv4Routes = KernelFile("proc/net/fib_triestat", isLive: false)

  /// Connections that a packet filter tracks, of the reader's network namespace
  /// (`net/netfilter/nf_conntrack_standalone.c`, module nf_conntrack, 2.6.20).
  ///
  /// A check alone reads it.
  package static let trackedConnections = KernelFile(
    "proc/sys/net/netfilter/nf_conntrack_count", isLive: false)

  /// Numbers of the tables of IPv6 routes in hexadecimal, of which the fourth is that of all routes
  /// (`rt6_stats_seq_show` of `net/ipv6/route.c`); each address has one.
  package static let ipv6Routes = KernelFile("proc/net/rt6_stats", isLive: false)

  /// The kernel's release, as `uname -r` prints it.
  package static let release = KernelFile("proc/sys/kernel/osrelease", names: ["osrelease"])

  /// The machine's name as the kernel has it.
  package static let hostname = KernelFile("proc/sys/kernel/hostname", secrets: .host)

  /// The machine's name as its installation has it.
  package static let installedHostname = KernelFile(
    "etc/hostname", names: ["hostname"], secrets: .host, isLive: false)

  /// The id of the installation, written by systemd or D-Bus at the first boot.
  package static let machineID = KernelFile(
    "etc/machine-id", names: ["machine-id"], secrets: .identifier)

  /// A random id, another one at each boot (`drivers/char/random.c`).
  package static let bootID = KernelFile(
    "proc/sys/kernel/random/boot_id", secrets: .identifier)

  /// Who may see kernel addresses: 0 everyone, 1 the privileged, 2 nobody (2.6.38).
  package static let kptrRestrict = KernelFile("proc/sys/kernel/kptr_restrict")

  /// The mode in which the kernel is locked down, in brackets (`security/lockdown`, 5.4).
  package static let lockdown = KernelFile("sys/kernel/security/lockdown")

  /// `1` where allocations are counted by line of source (6.10, CONFIG_MEM_ALLOC_PROFILING).
  ///
  /// It is read with all other files of `/proc/sys/vm`.
  package static let memoryProfiling = KernelFile("proc/sys/vm/mem_profiling", isLive: false)

  /// The whole kernel log, as `dmesg` prints it and collectors leave it.
  package static let kernelLog = KernelFile(
    "var/log/dmesg", title: "a kernel log", nameWord: "dmesg",
    marks: [
      TextMark(.usual, line: "[    0.000000]"), TextMark(.usual, within: "] Linux version "),
      TextMark(.usual, within: "invoked oom-killer"),
      // A mail program may break the line before the word.
      TextMark(.usual, within: "oom-killer: gfp_mask="), TextMark(.weak, within: " kernel: ["),
      TextMark(.usual, within: "kmemleak: "),
      TextMark(.usual, within: "page allocation failure"), TextMark(.usual, within: "Mem-Info:"),
      TextMark(.usual, within: "Mem-info:"), TextMark(.usual, within: "ut of memory: Kill"),
      TextMark(.usual, within: "oom-kill:constraint="),
      TextMark(.usual, within: "ut of memory and no killable processes"),
      TextMark(.usual, within: "panic - not syncing: Out of memory"),
      TextMark(.usual, within: "panic - not syncing: System is deadlocked on memory"),
      TextMark(.usual, within: "killed as a result of limit of"),
      TextMark(.usual, within: "kB, failcnt "), TextMark(.usual, within: "Memory cgroup stats for"),
      TextMark(.usual, within: "kB min:"),
      TextMark(.usual, within: "total pagecache pages"),
      TextMark(.usual, within: "Tasks state (memory values"),
      TextMark(.usual, within: "tgid total_vm "),
      TextMark(.usual, within: "lowmemorykiller: Kill"),
      TextMark(.usual, within: "lowmemorykiller: send sigkill"),
      TextMark(.usual, within: ": Kill '"),
      TextMark(.usual, within: " due to memory pressure for /"),
      TextMark(.usual, within: " due to memory used ("),
      TextMark(.usual, within: "low memory! at or below "), TextMark(.usual, within: ", VmRSS "),
      TextMark(.usual, within: "kB, failcnt "),
      TextMark(.usual, within: ": Unable to allocate memory on "),
      TextMark(.usual, within: "cma_alloc: "),
      TextMark(.usual, within: "vmap allocation for size "),
      TextMark(.usual, within: "vmalloc error: size "),
      TextMark(.usual, within: ": vmalloc size "),
      TextMark(.usual, within: "vmalloc_node_range for size "),
      TextMark(.usual, within: "vmalloc: allocation failure"),
      TextMark(.usual, within: "SIGTERM to the victim"),
      TextMark(.usual, within: "SIGKILL to the victim"),
      TextMark(.usual, within: "Memory status that requires corrective action"),
    ], secrets: .log, isLive: false, limit: 256 << 20)

  /// Where the chosen lines of the kernel's log lie in a capture.
  ///
  /// On the running machine they are taken from `/dev/kmsg`.
  package static let chosenKernelLog = KernelFile(
    "var/log/kmemcheck-kernel.log", secrets: .log)

  /// The files declared here that the kernel itself prints; logs are entered by themselves.
  static let ofTheSystem: [KernelFile] = [
    .uptime, .stat, .loadAverage, .swaps, .cgroups, .openFiles, .inodes, .directoryEntries,
    .sharedSegments, .semaphores, .messageQueues, .orphanLimit,
    .ipv4Routes, .ipv6Routes, .trackedConnections, .release,
    .hostname,
    .installedHostname, .machineID, .bootID,
    .kptrRestrict, .lockdown,
    .memoryProfiling,
  ]
}
