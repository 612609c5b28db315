package import KmemAnalysis

extension WatchNextStep {
  /// The step in sentences, with commands that can be copied.
  package var sentences: [String] {
    switch self {
    case .lookCloser(let id, let isHeld): WatchAdvice(id: id, isHeld: isHeld).sentences
    case .findOwner(let remedy): [remedy.sentence]
    case .noKmemleak:
      [
        "kmemleak can't help: it doesn't follow pages that are taken from the page allocator itself."
      ]
    case .scan: ["kmemleak can find the lost objects here: sudo kmemcheck scan"]
    case .consult(let status): [StatusSentence(status).text]
    case .check:
      [
        "If one command causes it, that command alone can be tried: sudo kmemcheck check --repeat 20 -- CMD"
      ]
    case .watchLonger(let seconds):
      ["Watch longer: kmemcheck watch --for \(Self.span(seconds))"]
    case .record:
      [
        "Record all the time, so that nothing has to be waited for: sudo kmemcheck watch --record"
      ]
    }
  }

  /// A span of time as the option `--for` takes it.
  private static func span(_ seconds: Double) -> String {
    guard seconds < 1e9 else { return "7d" }
    let minutes = Int((seconds / 60).rounded(.up))
    return minutes < 120 ? "\(minutes)m" : "\((minutes + 59) / 60)h"
  }
}

/// How to look closer at what grows.
private struct WatchAdvice {
  let id: SeriesID
  /// Whether the memory is held for user space.
  let isHeld: Bool

  var sentences: [String] {
    switch id {
    case .process(let process, .memory):
      ["Which of its mappings grows: kmemcheck maps \(process.pid) --diff 60"]
        + valgrind(process.comm)
    case .command(let name): valgrind(name)
    case .process(let process, .files):
      [
        "Which files, and where it opens them: ls -l /proc/\(process.pid)/fd; strace -f -k -e trace=%desc -p \(process.pid)"
      ]
    case .process(let process, .shared):
      [
        "Which of its mappings grows: kmemcheck maps \(process.pid) --diff 60",
        "What is shared here, and by whom: \(Self.sharedMemory)",
      ]
    case .cgroup(let path): ["Which of its processes grows: systemd-cgls -u \(path)"]
    case .memoryClass(.shmem) where isHeld, .slabCache("shmem_inode_cache") where isHeld:
      ["Who made the shared memory: \(Self.sharedMemory)"]
    case .system, .side, .memoryClass, .slabCache, .vmallocCaller, .allocationSite, .module,
      .count:
      isHeld ? [openFiles] : []
    }
  }

  private static let sharedMemory = "ipcs -mp; df -t tmpfs; ls -l /proc/*/fd | grep memfd"

  private var openFiles: String {
    "Which process holds most open files: "
      + "for p in /proc/[0-9]*; do echo $(ls $p/fd | wc -l) $(cat $p/comm); done | sort -n | tail -3"
  }

  private func valgrind(_ command: String) -> [String] {
    [
      "Who allocates it: run it under Valgrind and end it as usual:",
      "valgrind --leak-check=full --show-leak-kinds=definite,indirect,possible \(command) …",
      "or build it with -fsanitize=address -g: LeakSanitizer lists what is lost when it ends.",
    ]
  }
}
