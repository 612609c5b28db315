package import KmemParsers

/// One frame of a program's stack, with whether it may be to blame.
package struct ProgramLeakFrame: Hashable, Sendable {
  /// What the tool says of the frame.
  package let place: ProgramFrame
  /// Why the frame is never the culprit; nil if it may be.
  package internal(set) var passedOver: LeakFrame.Passing?

  init(_ place: ProgramFrame) {
    self.place = place
    let isAllocator = place.function.map(AllocatorFunctions.contains) ?? false
    passedOver = isAllocator || isChecker ? .allocator : nil
  }

  /// Whether neither the function nor the program's file is known.
  package var isUnknown: Bool { place.function == nil && place.object == nil }

  /// The file of the program or library without its folder.
  package var objectName: String? {
    place.object.map { String($0.split(separator: "/").last ?? Substring($0)) }
  }

  /// The function, or where in which file the code is: the same in each run of a build.
  package var name: String {
    if let function = place.function { return function }
    guard let objectName else { return "?" }
    return place.offset.map { "\(objectName)+\($0)" } ?? "? [\(objectName)]"
  }

  /// The file of source and the line: `xmlstring.c:45`, without folders.
  package var source: String? {
    guard let file = place.file else { return nil }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    return place.line.map { "\(name):\($0)" } ?? name
  }

  /// The names that a rule may mean: as it is printed, and without arguments and templates.
  var names: [String] {
    place.function.map { [$0, String(ProgramSymbol.qualified($0))] } ?? []
  }

  /// Whether the code is the checker's own, of which only the file is known.
  private var isChecker: Bool {
    guard place.function == nil, let name = objectName else { return false }
    return ["vgpreload_", "libasan.", "liblsan.", "libhwasan.", "libclang_rt.", "libheaptrack_"]
      .contains { name.hasPrefix($0) }
  }

  /// Whether it belongs to a language's own library.
  var isStandardLibrary: Bool {
    if let function = place.function { return AllocatorFunctions.isStandardLibrary(function) }
    return objectName.map { $0.hasPrefix("libstdc++.") || $0.hasPrefix("libc++.") } ?? false
  }
}
