import KmemParsers

extension Capture {
  /// The kernel release: from the manifest, `osrelease`, `/proc/version`, or sosreport's `uname`.
  package var release: String? {
    manifest?.kernelRelease ?? line(of: KernelFile.release) ?? versionRelease
      ?? sources.keys.filter { $0.contains("uname_-a") }.sorted().lazy
      .compactMap { self.word(in: $0, at: 2) }.first
  }

  private var versionRelease: String? {
    guard let line = line(of: KernelVersion.file), line.hasPrefix("Linux version ") else {
      return nil
    }
    return word(in: KernelVersion.path, at: 2)
  }
}

extension Host {
  init(_ capture: Capture, counts: KernelCounts, inference: PageSizeInference) {
    let manifest = capture.manifest
    let known = manifest?.pageSize.map { PageSize(bytes: $0, origin: .manifest) }
    self.init(pageSize: known.flatMap(Self.plausible) ?? inference.pageSize)
    hostname =
      manifest?.hostname ?? capture.line(of: KernelFile.hostname)
      ?? capture.line(of: KernelFile.installedHostname) ?? capture.line(of: "hostname")
      ?? capture.textMoment?.machine
    machineID = manifest?.machineID ?? capture.line(of: KernelFile.machineID)
    bootID = manifest?.bootID ?? capture.line(of: KernelFile.bootID)
    release = capture.release
    upTime = manifest?.start.boot ?? counts.upTime ?? capture.textMoment?.upTime
    bootTime = counts.bootTime
    wallTime =
      manifest?.start.wall ?? Self.wall(boot: counts.bootTime, up: counts.upTime)
      ?? capture.textMoment?.wallTime
    isRedacted = manifest?.isRedacted == true
    textMoment = capture.textMoment
  }

  /// A manifest is input like any other: a page size that no kernel has is not believed.
  private static func plausible(_ size: PageSize) -> PageSize? {
    PageSize.possible.contains(size.bytes) ? size : nil
  }

  private static func wall(boot: Double?, up: Double?) -> Double? {
    guard let boot, let up else { return nil }
    return boot + up
  }
}
