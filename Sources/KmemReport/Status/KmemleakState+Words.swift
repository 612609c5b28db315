import KmemAnalysis

extension KmemleakState {
  /// The state in a few words.
  var words: String {
    switch self {
    case .notBuilt: "not built in"
    case .unknown: "unknown whether it's built in"
    case .built: "built in; whether it runs is unknown"
    case .defaultOff: "off by default, and not switched on at boot"
    case .offAtBoot: "switched off at boot by kmemleak=off"
    case .ready: "ready; a scan proves that it's alive"
    case .running: "running"
    case .lockedDown: "closed by lockdown"
    case .debugfsNotBuilt: "unreachable: no debugfs in this kernel"
    case .debugfsOff: "unreachable: debugfs is kept away at boot"
    case .debugfsNotMounted: "unreachable: debugfs isn't mounted"
    case .denied: "not for this reader"
    case .poolExhausted: "disabled itself: its memory pool ran empty"
    case .earlyLogExceeded: "disabled itself: its early log overflowed"
    case .outOfMemory: "disabled itself: no memory for its own objects"
    case .overlap: "disabled itself: tracked objects overlap"
    case .turnedOff: "switched off at run time"
    case .disabled: "disabled, for an unknown reason"
    }
  }
}
