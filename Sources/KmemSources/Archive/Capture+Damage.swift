internal import KmemSnapshot

extension Capture {
  /// Leaves out the members that aren't what was written, and says so.
  ///
  /// `manifest` is the file of the manifest, which must be whole: it tells what all else means;
  /// `parsed` are the members whose texts were let go.
  ///
  /// - Throws: `SourceError` if the manifest was damaged.
  mutating func leaveOutDamaged(
    manifest file: SourceReading, isProtected: Bool, _ parsed: [ParsedMember]
  ) throws {
    guard let list = sources.removeValue(forKey: CaptureDigests.path) else {
      remarks.append(
        isProtected
          ? "its list of digests is missing: the end of the capture was cut"
          : "it was taken without digests (by an older kmemcheck, or kmemcheck-collect): nothing would show damage"
      )
      return
    }
    guard let digests = CaptureDigests(parsing: list.bytes) else {
      remarks.append("its list of digests is damaged: nothing shows whether all else is whole")
      return
    }
    guard digests.isWhole(file: Manifest.path, file.bytes) == true else {
      throw SourceError(
        .badData,
        "\(origin) is damaged: its manifest isn't what was written; take another copy of it")
    }
    let lostMembers = parsed.filter { digests.isWhole(file: $0.path, $0.digest) == false }
    let kept = sources.keys.filter { isDamaged($0, digests) }
    let damaged = (kept + lostMembers.map(\.path)).sorted()
    let links = links.filter { digests.isWhole(link: $0.key, to: $0.value) == false }.keys
    for member in lostMembers { processes.drop(member.file, of: member.pid) }
    for path in kept {
      sources[path] = SourceReading(outcome: .failed, reason: "damaged: it isn't what was written")
    }
    for path in links { self.links[path] = nil }
    guard !damaged.isEmpty || !links.isEmpty else { return }
    let whole = sources.values.count { $0.outcome == .read } + processes.files
    let lost = damaged.count + links.count
    remarks.append(
      "the capture is damaged: \(whole) sources are whole and used, \(lost) \(lost == 1 ? "isn't" : "aren't") "
        + "(\((damaged + links).prefix(3).joined(separator: ", ")))")
  }

  /// Whether a member that was read whole isn't what was written.
  ///
  /// What nobody wrote was added later, and of what a limit cut nothing can be told.
  private func isDamaged(_ path: String, _ digests: CaptureDigests) -> Bool {
    guard let reading = sources[path], reading.outcome == .read else { return false }
    return digests.isWhole(file: path, reading.bytes) == false
  }
}
