internal import KmemParsers
internal import Glibc
package import KmemSnapshot

extension Manifest {
  /// Describes a capture of the machine this runs on.
  init(of capture: Capture, options: CaptureOptions, start: Timestamp) {
    let sources =
      options.processes == nil
      ? capture.sources : capture.sources.filter { Capture.process(of: $0.key) == nil }
    self.init(
      tool: options.tool, start: start, end: .now(), sources: sources.mapValues(Source.init))
    label = options.label
    hostname = capture.line(of: .hostname)
    machineID = capture.line(of: .machineID)
    bootID = capture.line(of: .bootID)
    kernelRelease = capture.kernelRelease
    pageSize = Int(exactly: sysconf(CInt(_SC_PAGESIZE)))
    processors = Int(exactly: sysconf(CInt(_SC_NPROCESSORS_ONLN)))
    userID = Int(exactly: geteuid())
    capabilities = capture.effectiveCapabilities
  }
}

extension Manifest.Timestamp {
  /// The present time by both clocks of the machine.
  package static func now() -> Self {
    Self(wall: seconds(of: CLOCK_REALTIME) ?? 0, boot: seconds(of: CLOCK_BOOTTIME))
  }

  private static func seconds(of clock: CInt) -> Double? {
    var time = timespec()
    guard unsafe clock_gettime(clock, &time) == 0 else { return nil }
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension Capture {
  /// The `CapEff:` line of the reader's `/proc/self/status`.
  fileprivate var effectiveCapabilities: String? {
    String(decoding: self[ProcStatus.path].bytes, as: UTF8.self)
      .split(separator: "\n").first { $0.hasPrefix("CapEff:") }?
      .split(separator: "\t").last.map(String.init)
  }
}
