import KmemAnalysis

extension SourceNotes {
  /// Why frames have no lines of source, with what helps.
  var sentences: [String] {
    var sentences = refusals.prefix(5).map {
      "\($0.path) was not used for lines of source: \($0.reason.words)"
    }
    if refusals.count > 5 { sentences.append("\(refusals.count - 5) files more were not used") }
    if let missing {
      sentences.append("no lines of source for \(missing): \(DebugPackage.remedy(for: release))")
    }
    if !ambiguous.isEmpty {
      sentences.append(
        "no line of source where several functions have one name and size: "
          + Self.firstFive(ambiguous.sorted()))
    }
    return sentences
  }

  private var missing: String? {
    var parts = lacksKernel ? ["the kernel"] : []
    if !missingModules.isEmpty {
      let names = Self.firstFive(missingModules)
      parts.append("\(missingModules.count == 1 ? "module" : "modules") \(names)")
    }
    guard !parts.isEmpty else { return nil }
    return parts.joined(separator: " and ") + ", whose debugging information isn't at hand"
  }

  private static func firstFive(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ")
      + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}

extension FileRefusal {
  /// Why the file isn't used.
  fileprivate var words: String {
    switch self {
    case .otherBuild(let file, let running):
      "its build id is \(file.prefix(12))…, that of the running code \(running.prefix(12))…"
    case .otherSource(let file, let running):
      "its srcversion is \(file), that of the running module \(running)"
    case .lacksFunction(let name):
      "it has no function \(name), and therefore is of another build"
    case .otherSize(let function, let reported, let file):
      "\(function) has \(reported) bytes in the report and "
        + "\(file.map(String.init).joined(separator: " or ")) in the file, which therefore is of "
        + "another build"
    case .tooFewFunctions:
      "no build id was recorded, and the report names too few functions to tell whether it is of "
        + "the same build"
    }
  }
}
