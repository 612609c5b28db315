internal import KmemParsers

/// A text that people paste for its memory, and that isn't read: a refusal says what it is, and what tells
/// more.
struct OtherText {
  /// What all of must be in it.
  private let marks: [String]
  /// What it is, and what it tells.
  private let words: String

  /// Why a text isn't read, as words that go on behind its name; nothing for one that isn't known.
  static func words(for text: Span<UInt8>) -> String? {
    known.first { other in other.marks.allSatisfy { text.contains(Array($0.utf8)) } }?.words
  }

  /// Whether it is what `memory.stat` of a control group prints, which has names of `/proc/vmstat` too.
  static func isOfGroup(_ text: Span<UInt8>) -> Bool {
    groups.contains { marks in marks.allSatisfy { text.contains(Array($0.utf8)) } }
  }

  /// Names of version 1, and of version 2, that stand in no other file together.
  private static let groups = [
    ["\nrss ", "\ncache "], ["\ntotal_rss "], ["\nhierarchical_memory_limit "],
    ["\nanon ", "\nfile ", "\nkernel_stack "],
  ]

  private static let known: [OtherText] = [
    OtherText(
      marks: ["VmRSS:"],
      words:
        "is the status of a process, of which VmRSS is in memory: kmemcheck top ranks processes "
        + "on the machine, kmemcheck maps PID tells where one has its memory"),
    OtherText(
      marks: ["-", "p 00000000 ", ":"],
      words:
        "is the list of a process's mappings (/proc/PID/maps), which has addresses and not what is in "
        + "memory: /proc/PID/smaps or smaps_rollup tells that, kmemcheck maps PID reads them"),
    OtherText(
      marks: ["COMMAND ", " PID ", " FD ", " TYPE "],
      words: "is a list of open files (lsof): it tells no amounts of memory"),
    OtherText(
      marks: [" -> ", "anon_inode:["],
      words: "is a list of a process's open files: it tells no amounts of memory"),
    OtherText(
      marks: ["Dma-buf Objects:"],
      words: "is the kernel's list of dma-bufs, buffers that devices share, with their sizes: "
        + "it isn't read"),
    OtherText(
      marks: [" objects, ", " bytes\n", "shrinkable ["],
      words: "is i915_gem_objects, the graphics driver's buffers, which user space asked for: "
        + "it isn't read"),
    OtherText(
      marks: ["mem avail:", "Invoking oom killer"],
      words: "has earlyoom's words before version 1.4: it ended a program as memory ran low; its "
        + "lines say how much was available, and no more"),
    OtherText(
      marks: ["Shared Memory Segments"],
      words: "is a list of shared memory (ipcs): its segments are in Shmem of /proc/meminfo"),
    OtherText(
      marks: ["OOMKilled"],
      words:
        "says that the kernel killed a container for memory (OOMKilled), as a rule at the container's "
        + "own limit: the node's kernel log has the report, which kmemcheck show reads"),
    OtherText(
      marks: ["CONFIG_", "=y\n"],
      words:
        "quotes a few options of a kernel's configuration, which tell nothing of the others: "
        + "kmemcheck status --config FILE reads the whole"),
  ]
}
