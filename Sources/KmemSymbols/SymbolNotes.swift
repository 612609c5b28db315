/// Gathers why frames have no lines, so that a report says each thing once.
struct SymbolNotes {
  private var refusals: [String] = []
  private var isKernelMissing = false
  private var isKernelStripped = false
  private var missingModules: [String] = []
  var ambiguous: Set<String> = []

  mutating func refuse(_ path: String, _ reason: String) {
    refusals.append("\(path) was not used for lines of source: \(reason)")
  }

  /// Notes that no file was found; `isStripped` if there are some, without debugging information.
  mutating func miss(_ module: String?, isStripped: Bool) {
    if let module {
      missingModules.append(module)
    } else {
      isKernelMissing = true
      isKernelStripped = isStripped
    }
  }

  func sentences(release: String?) -> [String] {
    var sentences = Array(refusals.prefix(5))
    if refusals.count > 5 { sentences.append("\(refusals.count - 5) files more were not used") }
    if let missing {
      sentences.append("no lines of source for \(missing): \(DebugPackage.remedy(for: release))")
    }
    if !ambiguous.isEmpty {
      let names = ambiguous.sorted().prefix(5).joined(separator: ", ")
      sentences.append(
        "no line of source where several functions have one name and size: \(names)"
          + (ambiguous.count > 5 ? " and \(ambiguous.count - 5) more" : ""))
    }
    return sentences
  }

  private var missing: String? {
    var parts = isKernelMissing ? ["the kernel"] : []
    if !missingModules.isEmpty {
      let names = missingModules.prefix(5).joined(separator: ", ")
      let rest = missingModules.count > 5 ? " and \(missingModules.count - 5) more" : ""
      parts.append("\(missingModules.count == 1 ? "module" : "modules") \(names)\(rest)")
    }
    guard !parts.isEmpty else { return nil }
    return parts.joined(separator: " and ") + ", whose debugging information isn't at hand"
  }
}
