import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// Who owns what grows, and what to do next, by a last look at everything.
struct WatchOwners {
  let first: Snapshot

  /// Adds owners and next steps to the report.
  func complete(_ report: inout WatchReport) {
    guard report.isFinding else { return addTime(&report) }
    if report.growing.contains(where: \.isKernels) { addKernel(&report) }
    report.facts.next = WatchSteps(report: report).steps + report.facts.next
  }

  private func addKernel(_ report: inout WatchReport) {
    guard let capture = try? LiveKernel(catalog: .withoutLeaks).capture() else { return }
    let full = capture.withConfiguration().withModuleNames()
    let now = Snapshot(full)
    report.add(Growth(from: first, to: now).attributions)
    report.facts.next += WatchSteps.kernel(status(beside: full), report)
  }

  /// What this kernel can be asked; of kmemleak's report one byte is enough to know.
  private func status(beside full: Capture) -> KernelStatus {
    var capture = full
    let kmemleak = try? LiveKernel(catalog: .kmemleakState).capture()
    capture.sources.merge(kmemleak?.sources ?? [:]) { known, _ in known }
    capture.manifest?.sources.merge(kmemleak?.manifest?.sources ?? [:]) { known, _ in known }
    var facts = KernelFacts(capture, Snapshot(capture))
    facts.addLive()
    return KernelStatus(facts)
  }

  private func addTime(_ report: inout WatchReport) {
    guard report.word == .notEnough else { return }
    let more = report.secondsNeeded ?? 900
    let whole = max(60, report.seconds + more)
    report.facts.next = [
      "Watch longer: kmemcheck watch --for \(WatchSteps.span(whole))",
      "Record all the time, so that nothing has to be waited for: sudo kmemcheck watch --record",
    ]
  }
}

/// What can be done about what grows.
struct WatchSteps {
  let report: WatchReport

  var steps: [String] {
    guard let culprit = report.culprit else { return [] }
    switch culprit.subject.kind {
    case .process, .command: return program(culprit)
    case .processFiles:
      let pid = culprit.subject.pid.map(String.init) ?? "PID"
      return [
        "Which files, and where it opens them: ls -l /proc/\(pid)/fd; strace -f -k -e trace=%desc -p \(pid)"
      ]
    case .processShared:
      let pid = culprit.subject.pid.map(String.init) ?? "PID"
      return [
        "Which of its mappings grows: kmemcheck maps \(pid) --diff 60",
        "What is shared here, and by whom: ipcs -mp; df -t tmpfs; ls -l /proc/*/fd | grep memfd",
      ]
    case .cgroup:
      return ["Which of its processes grows: systemd-cgls -u \(culprit.subject.name)"]
    default: return culprit.verdict.word == .heldForUserSpace ? held(culprit) : []
    }
  }

  private func program(_ row: WatchRow) -> [String] {
    let pid = row.subject.pid
    let words = row.subject.title.split(separator: " ").dropFirst(pid == nil ? 1 : 2)
    let command = words.joined(separator: " ")
    return (pid.map { ["Which of its mappings grows: kmemcheck maps \($0) --diff 60"] } ?? []) + [
      "Who allocates it: run it under Valgrind and end it as usual:",
      "valgrind --leak-check=full --show-leak-kinds=definite,indirect,possible \(command) …",
      "or build it with -fsanitize=address -g: LeakSanitizer lists what is lost when it ends.",
    ]
  }

  private func held(_ row: WatchRow) -> [String] {
    if row.subject.name.contains("shmem") {
      return ["Who made the shared memory: ipcs -mp; df -t tmpfs; ls -l /proc/*/fd | grep memfd"]
    }
    return [
      "Which process holds most open files: "
        + "for p in /proc/[0-9]*; do echo $(ls $p/fd | wc -l) $(cat $p/comm); done | sort -n | tail -3"
    ]
  }

  /// Whether kmemleak can go further on this kernel, or what could.
  static func kernel(_ status: KernelStatus, _ report: WatchReport) -> [String] {
    var steps: [String] = []
    if let step = report.ownerStep { steps.append(step.sentence) }
    if report.isOfLoosePages {
      steps.append(
        "kmemleak can't help: it doesn't follow pages that are taken from the page allocator itself."
      )
    } else if status.kmemleak.state.isUsable {
      steps.append("kmemleak can find the lost objects here: sudo kmemcheck scan")
    } else {
      steps.append(StatusSentence(status).text)
    }
    steps.append(
      "If one command causes it, that command alone can be tried: sudo kmemcheck check --repeat 20 -- CMD"
    )
    return steps
  }

  /// A span as `--for` takes it.
  static func span(_ seconds: Double) -> String {
    guard seconds < 1e9 else { return "7d" }
    let minutes = Int((seconds / 60).rounded(.up))
    return minutes < 120 ? "\(minutes)m" : "\((minutes + 59) / 60)h"
  }
}
