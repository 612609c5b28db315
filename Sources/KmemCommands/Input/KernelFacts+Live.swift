import KmemAnalysis
import KmemSources

extension KernelFacts {
  /// Adds the facts that no file tells.
  mutating func addLive() {
    hasDebugDirectory = LiveFacts.isDirectory("/sys/kernel/debug")
    hasKmemleakThread = LiveFacts.hasKernelThread(named: "kmemleak")
  }
}
