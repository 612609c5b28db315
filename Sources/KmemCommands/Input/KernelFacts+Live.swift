import KmemAnalysis
import KmemSources

extension KernelFacts {
  /// Adds what no file tells.
  mutating func addLive() {
    hasDebugDirectory = LiveFacts.isDirectory("/sys/kernel/debug")
    hasKmemleakThread = LiveFacts.hasKernelThread(named: "kmemleak")
  }
}
