import KmemReport

/// The arguments of `kmemcheck top`, whose subcommands may be written as flags, anywhere.
enum TopArguments {
  private static let kinds = ["kernel", "processes", "cgroups"]

  /// The options that one subcommand alone has.
  private static let owned: [(option: ArgumentRefusal.TopOption, owner: String)] = [
    (.only, owner: "kernel"), (.by, owner: "processes"), (.budget, owner: "processes"),
  ]

  /// The arguments with the subcommand first: `top -v --processes` becomes `top processes -v`.
  ///
  /// Such a word can't mean a snapshot: no label is spelled so (`SnapshotReference`), and a file of
  /// that name is written as a path. `kernel` has to come first, since `--sort kernel` has it too.
  static func translated(_ arguments: [String]) -> [String] {
    guard arguments.first == "top", arguments.count > 1, !kinds.contains(arguments[1]) else {
      return arguments
    }
    let words = ["--processes", "--cgroups", "processes", "cgroups"]
    let options = arguments.prefix { $0 != "--" }
    guard let index = options.firstIndex(where: words.contains) else { return arguments }
    var rest = arguments
    let kind = rest.remove(at: index).drop { $0 == "-" }
    return ["top", String(kind)] + rest.dropFirst()
  }

  /// Why options can't be combined, where the parser knows only that one of them is unknown.
  static func objection(_ arguments: [String]) -> ArgumentRefusal? {
    guard arguments.first == "top", arguments.count > 1 else { return nil }
    let kind = kinds.contains(arguments[1]) ? arguments[1] : "kernel"
    let options = arguments.prefix { $0 != "--" }.map { String($0.prefix { $0 != "=" }) }
    if options.contains("--processes") || options.contains("--cgroups") {
      return .severalTops
    }
    let foreign = owned.first { $0.owner != kind && options.contains($0.option.rawValue) }
    return foreign.map { .foreignOption($0.option, owner: $0.owner, kind: kind) }
  }
}
