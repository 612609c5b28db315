import KmemParsers

/// What `slab_debug=` (`slub_debug=`) on a command line switches on (`mm/slub.c`, `parse_slub_debug_flags`).
struct SlabDebug: Hashable {
  /// The parameter as it was given.
  let text: String
  /// Whether allocations are recorded (`U`), and for which caches; nothing if they aren't.
  let traced: Traced?

  enum Traced: Hashable {
    case all
    /// The patterns of cache names that the parameter lists.
    case only([String])
  }

  /// The last such parameter of a command line; nothing if there is none.
  init?(_ commandLine: KernelCommandLine) {
    let names: Set<String> = ["slab_debug", "slub_debug"]
    guard let given = commandLine.parameters.last(where: { names.contains($0.name) }) else {
      return nil
    }
    text = given.value.map { "\(given.name)=\($0)" } ?? given.name
    traced = Self.traced(by: given.value ?? "")
  }

  private static func traced(by value: String) -> Traced? {
    guard !value.isEmpty else { return .all }
    var caches: [String] = []
    for block in value.split(separator: ";") {
      let parts = block.split(separator: ",", omittingEmptySubsequences: false)
      guard let flags = parts.first, records(flags, isForAll: parts.count == 1) else { continue }
      guard parts.count > 1 else { return .all }
      caches += parts.dropFirst().map(String.init)
    }
    return caches.isEmpty ? nil : .only(caches)
  }

  /// Whether letters of a block switch traces on; no letters before a list of caches mean full debugging.
  private static func records(_ flags: Substring, isForAll: Bool) -> Bool {
    guard !flags.isEmpty else { return !isForAll }
    guard let last = flags.lastIndex(where: { "uU-".contains($0) }) else { return false }
    return flags[last] != "-"
  }
}
