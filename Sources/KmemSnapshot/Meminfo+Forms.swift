import KmemParsers

extension SnapshotReader {
  /// What a tool tells of meminfo; nothing where the capture holds no such text.
  ///
  /// Only one form is used: two of them may be of two moments. The one that rounds least comes first.
  mutating func meminfoOfForms() -> Reading<Meminfo>? {
    take(VmstatSums.self) ?? take(Numastat.self) ?? take(Free.self) ?? take(Top.self)
      ?? take(SmemSystem.self) ?? take(Xsos.self)
  }

  /// Lines that somebody picked out of meminfo, with the MemTotal that a tool prints beside them.
  ///
  /// Of all amounts that one alone is the same at another moment.
  mutating func withTotal(_ meminfo: Meminfo) -> Meminfo {
    guard meminfo[.memTotal] == nil else { return meminfo }
    let forms: [any MeminfoForm.Type] = [
      VmstatSums.self, Numastat.self, Free.self, Top.self, SmemSystem.self,
      Xsos.self,
    ]
    for form in forms {
      guard let total = totalLine(form) else { continue }
      note(Meminfo.path, "MemTotal isn't in it; what \(form.file.words) prints stands for it")
      return meminfo.adding(total)
    }
    return meminfo
  }

  private mutating func totalLine<Form: MeminfoForm>(_ type: Form.Type) -> MeminfoLine? {
    form(type).value?.lines.first { $0.name == Meminfo.Key.memTotal.rawValue }
  }

  private mutating func take<Form: MeminfoForm>(_ type: Form.Type) -> Reading<Meminfo>? {
    guard let lines = form(type).value?.lines, !lines.isEmpty else { return nil }
    stand(Form.file, for: Meminfo.file, error: lines.map(\.amount.error).max() ?? 0)
    return .value(Meminfo(printed: lines))
  }
}
