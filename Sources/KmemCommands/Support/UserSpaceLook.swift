import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources
internal import Glibc

extension Top {
  /// - Throws: `ValidationError` for options that don't go together.
  func validateKinds() throws {
    if processes && cgroups || (processes || cgroups) && only != nil {
      throw ValidationError("--processes, --cgroups and --only exclude each other.")
    }
    if by != nil, !processes { throw ValidationError("--by sums processes: add --processes.") }
    guard (0.01...3600).contains(budget) else {
      throw ValidationError("--budget takes seconds, from 0.01 to 3600.")
    }
    guard let sort else { return }
    let allowed =
      processes
      ? ProcessTop.Order.allCases.map(\.rawValue)
      : cgroups
        ? CgroupTop.Order.allCases.map(\.rawValue) : KernelTop.Order.allCases.map(\.rawValue)
    guard allowed.contains(sort.rawValue) else {
      throw ValidationError(
        "--sort takes \(allowed.joined(separator: ", ")) here, not \(sort.rawValue).")
    }
    if sort == .growth, processes || cgroups, interval == nil {
      throw ValidationError("--sort growth needs --interval SECONDS.")
    }
  }
}

/// Looks at processes or control groups, once or again and again.
struct UserSpaceLook {
  private let command: Top
  private let input: SnapshotInput

  init(_ command: Top) {
    self.command = command
    input = SnapshotInput(root: nil, options: command.options)
  }

  func run() throws {
    guard command.snapshot == "now" else {
      return try answer(try input.snapshot(command.snapshot), since: nil, isLive: false)
    }
    let start = try look()
    guard let interval = command.interval else { return try answer(start, since: nil) }
    if Output.isTerminal, !command.options.json {
      try draw(start, since: nil)
      while true {
        usleep(UInt32((interval * 1_000_000).rounded()))
        try draw(try look(), since: start)
      }
    }
    usleep(UInt32((interval * 1_000_000).rounded()))
    try answer(try look(), since: start)
  }

  /// Reads what the table needs and nothing else.
  private func look() throws(Failure) -> Snapshot {
    let catalog =
      command.processes
      ? SourceCatalog.besideProcesses
      : SourceCatalog(SourceCatalog.besideProcesses.specs + SourceCatalog.groups.specs)
    let budget = ProcessBudget(milliseconds: command.budget * 1000)
    do {
      return Snapshot(
        try LiveKernel(catalog: catalog).capture(
          CaptureOptions(
            tool: KmemcheckCommand.version, processes: command.processes ? budget : nil)))
    } catch {
      throw Failure(error)
    }
  }

  private func answer(_ now: Snapshot, since start: Snapshot?, isLive: Bool = true) throws {
    try Output.answer(
      try text(now, since: start, isLive: isLive, rows: command.options.verbose ? .max : 25))
  }

  private func draw(_ now: Snapshot, since start: Snapshot?) throws {
    try Output.redraw(try text(now, since: start, isLive: true, rows: Output.height - 9))
  }

  private func text(_ now: Snapshot, since start: Snapshot?, isLive: Bool, rows: Int)
    throws(Failure) -> String
  {
    let limit = command.rows ?? max(rows, 1)
    return command.processes
      ? try processes(now, since: start, isLive: isLive, limit)
      : try cgroups(now, since: start, limit)
  }

  private func processes(_ now: Snapshot, since start: Snapshot?, isLive: Bool, _ limit: Int)
    throws(Failure) -> String
  {
    // Ids of another machine mean other users.
    let names = UserNames(isKnown: isLive)
    guard
      let top = ProcessTop(
        now, since: start,
        order: command.sort.flatMap { .init(rawValue: $0.rawValue) } ?? .uss,
        by: command.by.flatMap { .init(rawValue: $0.rawValue) }, users: names.name)
    else { throw nothing(of: "processes", in: now, now.processes.missing) }
    let options = command.options
    return options.json
      ? ProcessesJSON.document(top).text
      : ProcessTopText(top, style: options.style, limit: limit, isVerbose: options.verbose).text
  }

  private func cgroups(_ now: Snapshot, since start: Snapshot?, _ limit: Int) throws(Failure)
    -> String
  {
    guard
      let top = CgroupTop(
        now, since: start,
        order: command.sort.flatMap { .init(rawValue: $0.rawValue) } ?? .memory)
    else { throw nothing(of: "control groups", in: now, now.cgroups.missing) }
    let options = command.options
    return options.json
      ? CgroupsJSON.document(top).text
      : CgroupTopText(top, style: options.style, limit: limit, isVerbose: options.verbose).text
  }

  private func nothing(of things: String, in now: Snapshot, _ missing: Missing?) -> Failure {
    let why = missing?.detail ?? "their files hold nothing that was understood"
    return Failure(status: .noSuchInput, message: "no \(things) in \(now.origin): \(why)")
  }
}

/// The names of users, each looked up once.
private final class UserNames {
  private let isKnown: Bool
  private var names: [UInt32: String?] = [:]

  init(isKnown: Bool) { self.isKnown = isKnown }

  func name(_ id: UInt32) -> String? {
    guard isKnown else { return nil }
    if let name = names[id] { return name }
    let name = LiveFacts.userName(id)
    names[id] = .some(name)
    return name
  }
}
