package import SystemPackage

/// Why tracing can't begin.
package enum TracerError: Error, Hashable, Sendable {
  /// libbpf isn't installed, or is older than 1.0.
  case noLibrary
  /// libbpf doesn't understand the program: a fault of the build.
  case unreadableProgram(Errno)
  /// The kernel refuses maps or programs, with its reason.
  case refused(Errno)
  /// The program can't be attached to an event, with the reason.
  case notAttached(Errno)
  /// tracefs can't be opened, mounted or read, so that the layout of the events isn't known.
  case noTracefs(Errno)
  /// No buffer of its own can be had in tracefs, or a file in it refuses what is written.
  case noInstance(Errno)
  /// The kernel hasn't this event.
  case noEvent(String)
  /// The event's fields aren't those of 6.1 and later.
  case otherLayout(event: String, missing: String)
}

extension TracerError {
  /// Whether tracefs may do where a program can't.
  package var isOfPrograms: Bool {
    switch self {
    case .noLibrary, .unreadableProgram, .refused, .notAttached, .otherLayout: true
    case .noTracefs, .noInstance, .noEvent: false
    }
  }
}
