import KmemParsers

extension SnapshotReader {
  /// What tools print of meminfo; the form that rounds least comes first.
  private static let forms: [any MeminfoForm.Type] = [
    VmstatSums.self, Numastat.self, Free.self, Top.self, SmemSystem.self, Xsos.self,
  ]

  /// What a tool tells of meminfo; nothing where the capture holds no such text.
  ///
  /// Only one form is used: two of them may be of two moments.
  mutating func meminfoOfForms() -> Reading<Meminfo>? {
    for form in Self.forms {
      if let reading = take(form) { return reading }
    }
    return nil
  }

  /// What the counters of `/proc/vmstat` tell of meminfo, in pages of which the size is that of the
  /// manifest or of most kernels.
  mutating func meminfoOfCounters() -> Reading<Meminfo>? {
    // Whoever captured a machine has meminfo; without it on one side alone, counts of pages would be
    // compared with it.
    guard capture.kind == .file, capture[Vmstat.path].outcome == .read else { return nil }
    let own: Reading<Vmstat> = form(Vmstat.self)
    let size = UInt64(clamping: capture.manifest?.pageSize ?? 4096)
    guard let meminfo = own.value?.meminfo(pageKilobytes: max(1, size / 1024)) else { return nil }
    stand(Vmstat.file, for: Meminfo.file, error: 0)
    return .value(meminfo)
  }

  /// Lines that somebody picked out of meminfo, or cut off, with those that a tool prints beside them.
  ///
  /// One text with both is of one moment; of another machine's, with another MemTotal, nothing is taken.
  mutating func withForms(_ meminfo: Meminfo) -> Meminfo {
    let isWhole = [Meminfo.Key.memTotal, .memFree, .cached, .swapTotal]
      .allSatisfy { meminfo[$0] != nil }
    guard !isWhole else { return meminfo }
    for form in Self.forms {
      let lines = missingLines(of: meminfo, form)
      guard !lines.isEmpty else { continue }
      let names = lines.map(\.name)
      note(
        Meminfo.path,
        names.count == 1
          ? "\(names[0]) isn't in it; what \(form.file.words) prints stands for it"
          : "\(names.joined(separator: ", ")) aren't in it; what \(form.file.words) prints stands for them"
      )
      return lines.reduce(meminfo) { $0.adding($1) }
    }
    return meminfo
  }

  /// The lines of a form that a meminfo of the same machine lacks; sums of a form are no lines.
  private mutating func missingLines<Form: MeminfoForm>(of meminfo: Meminfo, _ type: Form.Type)
    -> [MeminfoLine]
  {
    let lines = form(type).value?.lines ?? []
    guard let total = lines.first(where: { $0.name == Meminfo.Key.memTotal.rawValue })?.amount
    else {
      return []
    }
    if let own = meminfo[.memTotal]?.bytes, own.distance(to: total.bytes).magnitude > total.error {
      return []
    }
    return lines.filter { Meminfo.Key(rawValue: $0.name) != nil && meminfo[$0.name] == nil }
  }

  private mutating func take<Form: MeminfoForm>(_ type: Form.Type) -> Reading<Meminfo>? {
    guard let lines = form(type).value?.lines, !lines.isEmpty else { return nil }
    stand(Form.file, for: Meminfo.file, error: lines.map(\.amount.error).max() ?? 0)
    return .value(Meminfo(printed: lines))
  }
}
