internal import KmemAnalysis

/// How a file relates to the code that ran.
enum FileMatch: Hashable {
  /// The file was made in the same build.
  case same
  /// Nothing is known that tells the builds apart; the sizes of functions must decide.
  case unknown
  /// The file is of another build, for this reason.
  case different(FileRefusal)

  init(_ file: ElfFile, module: String?, _ identities: SymbolIdentities) {
    if let wanted = identities.buildID(of: module), let own = file.buildID {
      self =
        own == wanted
        ? .same
        : .different(.otherBuild(file: own, running: wanted))
      return
    }
    if let module, let wanted = identities.sourceVersions[module], let own = file.sourceVersion,
      own != wanted
    {
      self = .different(.otherSource(file: own, running: wanted))
      return
    }
    self = .unknown
  }
}

extension SymbolIdentities {
  /// Whether the file is known to be the one that was loaded.
  func isSure(of file: ElfFile, _ module: String) -> Bool {
    if FileMatch(file, module: module, self) == .same { return true }
    guard buildID(of: module) == nil || file.buildID == nil,
      let wanted = sourceVersions[module]
    else { return false }
    return file.sourceVersion == wanted
  }
}
