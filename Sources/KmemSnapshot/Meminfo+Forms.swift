import KmemParsers

extension SnapshotReader {
  /// What a tool tells of meminfo; nothing where the capture holds no such text.
  ///
  /// Only one form is used: two of them may be of two moments. The one that rounds least comes first.
  mutating func meminfoOfForms() -> Reading<Meminfo>? {
    take(VmstatSums.self) ?? take(Numastat.self) ?? take(Free.self) ?? take(Top.self)
      ?? take(SmemSystem.self)
  }

  private mutating func take<Form: MeminfoForm>(_ type: Form.Type) -> Reading<Meminfo>? {
    guard let lines = form(type).value?.lines, !lines.isEmpty else { return nil }
    stand(Form.file, for: Meminfo.file, error: lines.map(\.amount.error).max() ?? 0)
    return .value(Meminfo(printed: lines))
  }
}
