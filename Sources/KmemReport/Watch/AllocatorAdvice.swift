import KmemAnalysis

/// How to find who allocates the memory of a process, by what runs it: first what works while it runs,
/// then what takes another run.
struct AllocatorAdvice {
  let pid: Int
  /// What is known of the program; nil where nothing is.
  let program: ProgramFacts?

  var sentences: [String] {
    switch program?.runtime {
    case .java?: java
    case .python?: python
    case .go?: go
    case .node?: node
    case .native?, .rust?, nil: whileItRuns + again + gone
    }
  }

  // MARK: Runtimes

  private var java: [String] {
    [
      "What fills its heap, as its own user: jcmd \(pid) GC.class_histogram",
      "What it has outside the heap, if it was started with -XX:NativeMemoryTracking=summary: jcmd \(pid)"
        + " VM.native_memory summary",
    ]
  }

  private var python: [String] {
    let running = [
      "Which line allocates it, while it runs (pip install memray): sudo memray attach \(pid)"
    ]
    // A program that embeds Python is no interpreter.
    guard let command, command.split(separator: "/").last?.hasPrefix("python") == true,
      let first = program?.arguments?.first,
      !first.hasPrefix("-") || first == "-m" || first == "-c"
    else { return running }
    return running + [
      "Or run it again, and end it as usual: "
        + inFolder(words([command, "-m", "memray", "run"], hasAll: true))
    ]
  }

  private var go: [String] {
    let running = [
      "What fills its heap, if it serves net/http/pprof: go tool pprof -top"
        + " http://localhost:6060/debug/pprof/heap"
    ]
    guard let command else { return running }
    return running + [
      "Or run it again, to see its heap at each collection: \(inFolder("env GODEBUG=gctrace=1 " + words([command])))"
    ]
  }

  private var node: [String] {
    let running = [
      "To open its inspector, for heap snapshots in chrome://inspect: kill -USR1 \(pid)"
    ]
    guard let command else { return running }
    return running + [
      "Or run it again, so that kill -USR2 has it write a heap snapshot: "
        + inFolder(words([command, "--heapsnapshot-signal=SIGUSR2"]))
    ]
  }

  // MARK: malloc

  private var whileItRuns: [String] {
    guard program?.hasSanitizer != true else { return [] }
    // Where there is no library, the functions are in the program.
    let object = program?.isStatic == true ? " -O /proc/\(pid)/exe" : ""
    return [
      "Who allocates it, while it runs (package bpfcc-tools): sudo memleak-bpfcc -p \(pid)\(object) 60 2"
    ]
  }

  /// Runs of the same program under a tool that names the lines.
  private var again: [String] {
    guard let command, let program, !program.isSetID else { return [] }
    let sanitized = inFolder("kmemcheck check --lsan -- " + words([command]))
    if program.hasSanitizer {
      return [
        "It has a sanitizer, which names the lines. Run it again\(ends) and end it as usual: \(sanitized)"
      ]
    }
    let build =
      program.runtime == .rust
      ? "in its source, with RUSTFLAGS=-Zsanitizer=leak cargo +nightly build"
      : "with -fsanitize=address"
    let rebuilt = "Or build it \(build), and end it as usual under: \(sanitized)"
    guard !program.isStatic else { return [rebuilt] }
    return [
      "Or run it under Valgrind\(ends) and end it as usual: "
        + inFolder("kmemcheck check --valgrind -- " + words([command])), rebuilt,
    ]
  }

  /// Why it can't be run again, where that is so.
  private var gone: [String] {
    guard let program, program.isDeleted || program.isSetID else { return [] }
    return [
      program.isDeleted
        ? "Its file was removed or replaced, so that it can't be run again as it is."
        : "Its file is setuid or setgid: Valgrind runs a copy without these bits only."
    ]
  }

  // MARK: Its command

  /// Only a program of which path and arguments are known can be started again.
  private var command: String? { program?.arguments == nil ? nil : program?.executable }

  private var isShort: Bool {
    let all = [program?.executable ?? ""] + (program?.arguments ?? [])
    return all.sum(\.count) <= Self.longestCommand
  }

  private var ends: String { isShort ? "" : ", with its arguments at the end," }

  /// The beginning of a command, with the program's own arguments behind it where they aren't too many.
  private func words(_ start: [String], hasAll: Bool = false) -> String {
    ShellWords.command(start + (isShort || hasAll ? program?.arguments ?? [] : []))
  }

  /// The command behind a change to the folder in which the program finds what its arguments name.
  private func inFolder(_ command: String) -> String {
    (program?.folder).map { "cd \(ShellWords.quoted($0)) && \(command)" } ?? command
  }

  /// How many letters of a command are printed: a compiler has pages of them.
  private static let longestCommand = 400
}
