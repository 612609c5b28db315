package import KmemAnalysis
internal import Synchronization

/// Tells which function lies where in the code of a module that was unloaded.
///
/// The module's file is used only if it is known to be the one that was loaded.
package final class ModuleFunctions: ModuleCode {
  private let places: SymbolPlaces
  private let tables = Mutex<[ModuleResidence: FunctionTable?]>([:])

  /// Looks for the files of modules in these places.
  package init(_ places: SymbolPlaces) { self.places = places }

  package func code(at offset: UInt64, in module: ModuleResidence) -> ModuleCodeAnswer {
    let table = table(of: module)
    guard let table else { return .unknown }
    guard offset < table.size else { return .outside }
    // The address is a return address: the call ends one byte before it.
    guard offset > 0, let function = table.function(at: offset - 1) else { return .unknown }
    return .function(
      CodeFrame(
        function: function.name, offset: offset - function.start, length: function.length,
        module: module.name, buildID: module.buildID))
  }

  package func offset(of frame: CodeFrame, in module: ModuleResidence) -> UInt64? {
    let starts = table(of: module)?.starts(of: frame.function, length: frame.length) ?? []
    guard let start = starts.first, starts.count == 1 else { return nil }
    let (offset, overflow) = start.addingReportingOverflow(frame.offset)
    return overflow ? nil : offset
  }

  private func table(of module: ModuleResidence) -> FunctionTable? {
    tables.withLock { tables in
      if let known = tables[module] { return known }
      let table = FunctionTable(of: module, places)
      tables[module] = .some(table)
      return table
    }
  }
}
