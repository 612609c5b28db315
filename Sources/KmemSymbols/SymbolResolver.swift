package import KmemAnalysis

/// Finds the lines of source of frames in the files that belong to the code that ran.
///
/// A file of another build is refused: its lines would look right and be wrong.
package final class SymbolResolver {
  private let search: SymbolSearch
  private let identities: SymbolIdentities
  private var answers = SourceAnswers()

  /// Looks in these places for files of these builds.
  package init(_ places: SymbolPlaces, _ identities: SymbolIdentities = SymbolIdentities()) {
    search = SymbolSearch(places)
    self.identities = identities
  }

  /// The lines of all frames that have some, each looked up once.
  package func answers(to frames: Set<CodeFrame>) -> SourceAnswers {
    answers(to: frames, of: Set(frames.map(\.owner)))
  }

  /// The same of frames that lie in this code.
  ///
  /// To gather, group and sort the frames was a third of the time for a report of 100,000 stacks, and most
  /// machines have no file to look them up in.
  package func answers(
    to frames: @autoclosure () -> Set<CodeFrame>, of owners: Set<CodeOwner>
  ) -> SourceAnswers {
    answers = SourceAnswers()
    answers.notes.release = search.places.release
    lazy var grouped = Dictionary(grouping: frames(), by: \.owner)
    for owner in owners.sorted(by: Self.isBefore) {
      var identities = identities
      if let module = owner.module, let build = owner.buildID {
        identities.modules[module] = build
      }
      resolve(owner.module, identities) { (grouped[owner] ?? []).sorted(by: Self.isBefore) }
    }
    return answers
  }

  private static func isBefore(_ one: CodeOwner, _ other: CodeOwner) -> Bool {
    (one.module ?? "", one.buildID ?? "") < (other.module ?? "", other.buildID ?? "")
  }

  private static func isBefore(_ one: CodeFrame, _ other: CodeFrame) -> Bool {
    (one.function, one.offset) < (other.function, other.offset)
  }

  /// Takes the lines from the first file that is of the same build as the code.
  private func resolve(
    _ module: String?, _ identities: SymbolIdentities, _ all: () -> [CodeFrame]
  ) {
    lazy var frames = all()
    var refused: [SourceNotes.Refusal] = []
    for file in files(for: module, identities) {
      let match = FileMatch(file, module: module, identities)
      if case .different(let reason) = match {
        refused.append(SourceNotes.Refusal(path: file.path, reason: reason))
        continue
      }
      guard file.hasLines, let debug = DebugFile(file) else { continue }
      let functions = debug.functions(named: Set(frames.map(\.function)))
      if match == .unknown, let reason = SizeEvidence(frames, functions).objection {
        refused.append(SourceNotes.Refusal(path: file.path, reason: reason))
        continue
      }
      take(frames, functions, from: debug)
      answers.files.append(
        SymbolFile(path: file.path, module: module, isSameBuild: match == .same))
      return
    }
    // All but one of several builds in one folder are others; that is worth a word only if all of
    // them are.
    answers.notes.refusals += refused
    answers.notes.miss(module)
  }

  /// The files that exist, each followed by the files that its debugging information was moved to.
  private func files(for module: String?, _ identities: SymbolIdentities)
    -> some Sequence<ElfFile>
  {
    let candidates = search.candidates(for: module, buildID: identities.buildID(of: module))
    return candidates.lazy.compactMap(ElfFile.init).flatMap { file in
      file.hasLines
        ? [file] : [file] + self.search.companions(of: file).compactMap(ElfFile.init)
    }
  }

  private func take(
    _ frames: [CodeFrame], _ functions: [String: [CodeSymbol]], from debug: DebugFile
  ) {
    for frame in frames where frame.offset > 0 {
      var own = functions[frame.function] ?? []
      if own.count > 1, let length = frame.length { own = own.filter { $0.fits(length) } }
      own.removeAll { frame.offset > $0.reach ?? .max }
      // The frame is a return address: the call, and the line it is on, end one byte before it.
      // Where the call is a function's last instruction, the return address lies in the next
      // function.
      let found = Set(
        own.map { debug.lines(at: $0.address &+ frame.offset &- 1, in: frame.function) })
      if found.count > 1 {
        // Nothing tells which of several static functions of one name it was.
        answers.notes.ambiguous.insert(frame.function)
      } else if let lines = found.first, !lines.isEmpty {
        answers.lines[frame] = lines
      }
    }
  }
}
