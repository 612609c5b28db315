internal import KmemAnalysis

/// The functions of a module by where the kernel puts them.
struct FunctionTable: Sendable {
  struct Function: Hashable, Sendable {
    let name: String
    /// The offset from the beginning of the module's code.
    let start: UInt64
    let length: UInt64
  }

  /// The size of the module's code.
  let size: UInt64
  private var functions: [Function] = []

  /// Nothing if the file isn't at hand, or isn't known to be the module's.
  init?(of module: ModuleResidence, _ places: SymbolPlaces) {
    let search = SymbolSearch(places)
    let identities = SymbolIdentities(
      modules: module.buildID.map { [module.name: $0] } ?? [:],
      sourceVersions: module.sourceVersion.map { [module.name: $0] } ?? [:])
    for path in search.candidates(for: module.name, buildID: module.buildID) {
      guard let file = ElfFile(path), identities.isSure(of: file, module.name),
        let debug = DebugFile(file)
      else { continue }
      self.init(debug)
      return
    }
    return nil
  }

  private init(_ file: DebugFile) {
    let layout = CodeLayout(file.elf.sections)
    size = layout.size
    var found: [(name: String, start: UInt64)] = []
    file.forEachFunction { name, address, _, section in
      guard let base = layout.starts[section], let inside = file.offset(inSection: address) else {
        return
      }
      found.append((name, base &+ inside))
    }
    found.sort { ($0.start, $0.name) < ($1.start, $1.name) }
    for (index, item) in found.enumerated() {
      let next = found[index...].first { $0.start > item.start }?.start ?? size
      functions.append(Function(name: item.name, start: item.start, length: next - item.start))
    }
  }

  /// The offsets at which functions of this name and length begin; the kernel reckons the last
  /// function longer.
  func starts(of name: String, length: UInt64?) -> Set<UInt64> {
    let own = functions.filter { $0.name == name }
    let fitting = own.filter {
      length == nil || $0.length == length || $0.start + $0.length == size
    }
    return Set((own.count == 1 ? own : fitting).map(\.start))
  }

  /// The function that the byte belongs to; of aliases the first by name.
  func function(at offset: UInt64) -> Function? {
    guard let start = functions.last(where: { $0.start <= offset })?.start else { return nil }
    return functions.first { $0.start == start }
  }
}

/// Where the kernel puts a module's sections of code, one behind the other from the base on.
///
/// `layout_sections()` in `kernel/module/main.c` takes the sections in the file's order, aligned as
/// each asks; those for initialisation lie elsewhere.
struct CodeLayout {
  /// The offset of each section by its index.
  private(set) var starts: [Int: UInt64] = [:]
  private(set) var size: UInt64 = 0

  init(_ sections: [ElfFile.Section]) {
    for section in sections where section.isCode && !section.name.hasPrefix(".init") {
      let alignment = max(1, section.alignment)
      let (end, overflow) = size.addingReportingOverflow(alignment - 1)
      guard !overflow, section.size < 1 << 40 else { return }
      let start = end / alignment * alignment
      starts[section.index] = start
      size = start + section.size
    }
  }
}
