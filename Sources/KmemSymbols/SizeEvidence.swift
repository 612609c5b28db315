internal import KmemAnalysis

/// Whether functions of a report may come from a file without a build id to compare.
///
/// The file must have every function that the report names, each of the size that the report says.
/// `ret_from_fork` and other assembler code is alike in many kernels, and proves nothing.
struct SizeEvidence {
  /// Why the file isn't to be used; nil if all functions agree.
  private(set) var objection: FileRefusal?
  private var agreeing: Set<String> = []

  /// How many functions must agree: a kernel's report names a dozen, a module's often one.
  private static let least = 3

  init(_ frames: [CodeFrame], _ functions: [String: [CodeSymbol]]) {
    for frame in frames where objection == nil {
      guard let own = functions[frame.function], !own.isEmpty else {
        // Programs of the packet filter are compiled at run time, and are in no file.
        if !frame.function.hasPrefix("bpf_") {
          objection = .lacksFunction(frame.function)
        }
        continue
      }
      if let length = frame.length { compare(frame.function, length, own) }
    }
    let isKernel = frames.first?.module == nil
    guard objection == nil, agreeing.count < (isKernel ? Self.least : 1) else { return }
    objection = .tooFewFunctions
  }

  private mutating func compare(_ function: String, _ length: UInt64, _ own: [CodeSymbol]) {
    guard own.contains(where: { $0.fits(length) }) else {
      objection = .otherSize(
        function: function, reported: length, file: own.map { $0.reach ?? $0.size })
      return
    }
    if own.contains(where: { $0.size > 0 }) { agreeing.insert(function) }
  }
}
