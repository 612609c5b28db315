internal import CElfutils
internal import Glibc
internal import SystemPackage

/// An object file with symbols, and line tables where it has them, read through libdwfl.
///
/// A module's file is relocatable: its sections have no addresses. libdwfl lays them out one behind
/// the other and relocates the debugging information, so that every function has an address here.
/// These addresses mean something only to this object.
@safe final class DebugFile {
  let elf: ElfFile
  private let session: OpaquePointer
  let module: OpaquePointer
  private let callbacks: UnsafeMutablePointer<Dwfl_Callbacks>
  /// What was looked up about compilation units, by their offset in the file.
  var units: [UInt64: UnitKnowledge] = [:]

  init?(_ elf: ElfFile) {
    let callbacks = UnsafeMutablePointer<Dwfl_Callbacks>.allocate(capacity: 1)
    unsafe callbacks.initialize(to: Self.makeCallbacks())
    let copy = dup(elf.file.rawValue)
    guard copy >= 0, let session = unsafe dwfl_begin(callbacks) else {
      if copy >= 0 { close(copy) }
      unsafe callbacks.deallocate()
      return nil
    }
    unsafe dwfl_report_begin(session)
    // From here on the descriptor is libdwfl's, if it could be reported.
    let module = unsafe dwfl_report_offline(session, "code", elf.path, copy)
    if unsafe module == nil { close(copy) }
    _ = unsafe dwfl_report_end(session, nil, nil)
    guard let module = unsafe module else {
      unsafe dwfl_end(session)
      unsafe callbacks.deallocate()
      return nil
    }
    self.elf = elf
    unsafe self.session = unsafe session
    unsafe self.module = unsafe module
    unsafe self.callbacks = unsafe callbacks
  }

  deinit {
    unsafe dwfl_end(session)
    unsafe callbacks.deallocate()
  }

  private static func makeCallbacks() -> Dwfl_Callbacks {
    var callbacks = unsafe Dwfl_Callbacks()
    unsafe callbacks.section_address = dwfl_offline_section_address
    // Which file belongs to which code is decided here; libdwfl's own search may ask servers.
    unsafe callbacks.find_debuginfo = { _, _, _, _, _, _, _, _ in -1 }
    return unsafe callbacks
  }
}
