package import SystemPackage

/// Why tracing can't begin.
package enum TracerError: Error, Hashable, Sendable {
  /// libbpf isn't installed, or is older than 1.0.
  case noLibrary
  /// How many processors there may be isn't known, as /sys isn't mounted.
  case noProcessors
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
  /// The format of an event, or of the buffer's pages, tells too little to read them.
  case unreadableFormat(String)
}

extension TracerError {
  /// Whether tracefs may do where a program can't.
  package var isOfPrograms: Bool {
    switch self {
    case .noLibrary, .noProcessors, .unreadableProgram, .refused, .notAttached, .otherLayout: true
    case .noTracefs, .noInstance, .noEvent, .unreadableFormat: false
    }
  }
}
