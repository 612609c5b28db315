import KmemAnalysis

extension LeakFrame {
  /// The frame as it is shown: what the kernel printed, and what a recorded map says of it.
  var text: String {
    switch origin {
    case .kernel: printed
    case .recordedFunction: "\(printed) by the recorded module list"
    case .recordedModule(let place): "\(printed) (\(place) by the recorded module list)"
    case .perhaps(let place): "\(printed) (perhaps \(place), by the recorded module list)"
    case .data, .laterModule, .severalModules: "? \(doubt ?? "")"
    }
  }

  /// The function that allocated, where this is the frame to blame.
  var culprit: String {
    guard isUnknown else { return text }
    return doubt.map { "unknown code \($0)" }
      ?? "unknown code at \(text): its module is gone, or has no symbols"
  }

  /// Its line of source: `leaky.c:12`, with the function that was inlined where that isn't the frame's own.
  var lineText: String? {
    guard let line else { return nil }
    let isOwn = symbol == line.function || lines.count == 1
    return isOwn ? line.text : "\(line.text) (\(line.function), inlined)"
  }

  /// Why the module that the kernel printed isn't believed, in parentheses; nil where it is.
  private var doubt: String? {
    switch origin {
    case .data: "(\(printed) is data: another module was loaded there since)"
    case .laterModule: "(\(printed) may be another's: its module was loaded there since)"
    case .severalModules: "(\(printed) isn't the same module for all objects)"
    case .kernel, .recordedFunction, .recordedModule, .perhaps: nil
    }
  }
}

extension LeakClock {
  /// How the length of a tick became known: `CONFIG_HZ=250`.
  var originWords: String {
    switch origin {
    case .configuration: "CONFIG_HZ=\(hz)"
    case .onlyOneThatFits: "HZ=\(hz), the only one that fits"
    }
  }
}
