import KmemParsers

extension ProgramLeakGroup {
  /// A suppression of this group in its tool's own syntax; nil if the tool has none, or no frame tells
  /// the leak from others.
  package var suppression: String? {
    guard isListed, kind.isLeak, let culprit else { return nil }
    switch tool {
    case .valgrind: return valgrindSuppression(named: culprit.name)
    // heaptrack reads the sanitizer's rules.
    case .sanitizer, .heaptrack: return sanitizerPattern(of: culprit).map { "leak:\($0)\n" }
    case .memleak: return nil
    }
  }

  /// Valgrind compares the innermost frames, 24 at most.
  private func valgrindSuppression(named name: String) -> String {
    let own = frames.count - callers.count
    let kinds: [ProgramLeakKind: String] = [
      .definitelyLost: "definite", .indirectlyLost: "indirect", .possiblyLost: "possible",
    ]
    var lines = ["{", "   \(name)", "   Memcheck:Leak"]
    if let kind = kinds[kind] { lines.append("   match-leak-kinds: \(kind)") }
    for frame in frames.prefix(min(24, own + 5)) { lines.append("   \(frame.valgrindPattern)") }
    return (lines + ["}", ""]).joined(separator: "\n")
  }

  /// What the sanitizer looks for in names of functions, files and modules.
  private func sanitizerPattern(of frame: ProgramLeakFrame) -> String? {
    frame.place.function.map { String(ProgramSymbol.qualified($0)) } ?? frame.objectName
  }
}

extension ProgramLeakFrame {
  /// The frame in a suppression of Valgrind's, which compares C++ names as compilers write them.
  fileprivate var valgrindPattern: String {
    guard let function = place.function else { return "obj:\(place.object ?? "*")" }
    let isPlain = function.utf8.allSatisfy { !" ()<>:".utf8.contains($0) }
    return "fun:\(isPlain ? function : Self.mangled(function))"
  }

  /// A pattern that the mangled name fits: `ns::A::f(int)` is `_ZN2ns1A1fEi`, which `_Z*2ns*1A*1f*`
  /// fits.
  private static func mangled(_ function: String) -> String {
    if function.hasPrefix("operator new") {
      return function.hasPrefix("operator new[]") ? "_Zna*" : "_Znw*"
    }
    var pattern = "_Z*"
    var last: Substring = ""
    for part in ProgramSymbol.parts(function) {
      // A constructor is `C1`, a destructor `D1`; `std` has a letter of its own, and operators too.
      let isName = part.utf8.allSatisfy { $0 == 95 || ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 }
      if isName, part != last, part != "std" { pattern += "\(part.utf8.count)\(part)*" }
      last = part
    }
    return pattern
  }
}
