internal import KmemParsers

/// A module that lay at one place for a time.
package struct ModuleResidence: Hashable, Sendable {
  /// The module's name, as `/proc/modules` prints it.
  package let name: String
  /// Where its code begins, as `/proc/modules` prints it.
  package let start: UInt64
  /// Its memory in bytes: code, data and, while it is loaded, initialisation.
  ///
  /// Up to 6.3 all of it lies in one piece behind the start. From 6.4 on (`struct module_memory`) only
  /// the code does: what lies a page or more behind the start may be another module's.
  package let size: UInt64
  /// The build id of the module's file; nil where it wasn't recorded.
  package internal(set) var buildID: String?
  /// `srcversion` of the module (CONFIG_MODULE_SRCVERSION_ALL or MODULE_VERSION); nil where it has
  /// none.
  package internal(set) var sourceVersion: String?
  /// When it was first and last seen, in seconds since boot; nothing where that isn't known.
  package internal(set) var seen: ClosedRange<Double>?
  /// A time, in seconds since boot, at which other evidence than a list shows the module; nil
  /// without any.
  package internal(set) var loadedBy: Double?

  init(
    name: String, start: UInt64, size: UInt64, buildID: String? = nil,
    sourceVersion: String? = nil, seen: ClosedRange<Double>? = nil, loadedBy: Double? = nil
  ) {
    self.name = name
    self.start = start
    self.size = size
    self.buildID = buildID
    self.sourceVersion = sourceVersion
    self.seen = seen
    self.loadedBy = loadedBy
  }

  /// The seconds since boot during which the module is known to have been there; nil where no time
  /// is known.
  var known: ClosedRange<Double>? {
    seen.map { min(loadedBy ?? $0.lowerBound, $0.lowerBound)...$0.upperBound }
  }

  /// Whether the address may lie in the module.
  func covers(_ address: UInt64) -> Bool { address >= start && address - start < size }

  func overlaps(_ other: ModuleResidence) -> Bool {
    covers(other.start) || other.covers(start)
  }

  /// Whether both modules were there at one moment, so that neither took the other's place.
  func coexists(with other: ModuleResidence) -> Bool {
    guard let known, let others = other.known else { return false }
    return known.overlaps(others)
  }
}

/// Answers what code lies where in a module's file.
package protocol ModuleCode: Sendable {
  /// The function that lies this many bytes behind the beginning of the module's code.
  func code(at offset: UInt64, in module: ModuleResidence) -> ModuleCodeAnswer

  /// How far behind the beginning of the module's code a frame lies, in bytes.
  ///
  /// Nil if the file isn't at hand, or has no function of this name or more than one.
  func offset(of frame: CodeFrame, in module: ModuleResidence) -> UInt64?
}

/// What a module's file says of a place in its code.
package enum ModuleCodeAnswer: Hashable, Sendable {
  /// The module's file isn't at hand, or nothing tells whether it's the one that was loaded.
  case unknown
  /// The offset lies behind the end of the module's code.
  case outside
  case function(CodeFrame)
}
