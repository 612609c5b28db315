/// Lines of the kernel in which somebody's name stands between words of the kernel.
enum KernelLineForms {
  /// Between what the name stands; an empty edge is that of the line.
  private struct Form {
    let before: String
    let after: String
    let isPath: Bool

    init(_ before: String, _ after: String, isPath: Bool = false) {
      self.before = before
      self.after = after
      self.isPath = isPath
    }
  }

  private static let forms = [
    Form("", " invoked oom-killer:"), Form("", ": page allocation failure"),
    Form("Comm: ", " Not tainted"), Form("Comm: ", " Tainted"), Form("comm \"", "\", pid "),
    Form(" (", "), ts "), Form(" (", ") score"), Form(" (", ") total-vm"), Form(" (", "), UID"),
    Form(" (", "), now"), Form(" (", "), free_ts"),
    Form("cpuset=", ",mems_allowed", isPath: true), Form("cpuset=", " mems_allowed", isPath: true),
    Form("oom_memcg=", ",task_memcg=", isPath: true), Form("task_memcg=", ",task=", isPath: true),
    Form(",task=", ",pid="), Form("emory cgroup stats for ", ":", isPath: true),
    Form("Task in ", " killed as a result", isPath: true),
    Form("as a result of limit of ", "", isPath: true),
  ]

  /// The line under pseudonyms; nothing if it isn't known whole.
  static func known(
    _ line: String, _ kernelThreads: Set<String>, _ pseudonyms: inout Pseudonyms
  ) -> String? {
    guard !line.contains(KernelWords.placeholder) else { return nil }
    var text = line
    var names: [String] = []
    for form in forms {
      guard let range = range(form, in: text) else { continue }
      let name = String(text[range])
      names.append(
        form.isPath
          ? PathNames.replaced(name, &pseudonyms) : comm(name, kernelThreads, &pseudonyms))
      text.replaceSubrange(range, with: mark(names.count))
    }
    if let tainted = text.firstRange(of: "ainted") { text = String(text[..<tainted.upperBound]) }
    if let row = taskRow(text, kernelThreads, &pseudonyms) { return row }
    if let row = checksum(text, &pseudonyms) { return row }
    guard var known = KernelWords.known(text, &pseudonyms) else { return nil }
    for (index, name) in names.enumerated() {
      known = known.replacing(mark(index + 1), with: name)
    }
    return known
  }

  /// What stands for the name of that number until the rest of the line is known.
  private static func mark(_ number: Int) -> String {
    "\(KernelWords.placeholder)\(number)\(KernelWords.placeholder)"
  }

  /// Where the name stands: the longest stretch, as a comm may hold what stands behind it.
  private static func range(_ form: Form, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    if !form.before.isEmpty {
      guard let found = text.firstRange(of: form.before) else { return nil }
      start = found.upperBound
    }
    guard !form.after.isEmpty else { return start..<text.endIndex }
    guard let end = text[start...].ranges(of: form.after).last else { return nil }
    return start..<end.lowerBound
  }

  /// The comm under a pseudonym, unless it is a thread's of the kernel.
  static func comm(
    _ name: some StringProtocol, _ kernelThreads: Set<String>, _ pseudonyms: inout Pseudonyms
  ) -> String {
    let name = String(name)
    return kernelThreads.contains(name) || isThread(name) ? name : pseudonyms.word(.comm, name)
  }

  /// Whether all kernels have a thread of that name: of each processor, or one.
  private static func isThread(_ name: String) -> Bool {
    let one: Set<String> = [
      "kthreadd", "khugepaged", "ksmd", "oom_reaper", "kauditd", "khungtaskd",
    ]
    let many = ["swapper", "ksoftirqd", "migration", "kswapd", "kcompactd", "kworker", "cpuhp"]
    guard let kind = many.first(where: name.hasPrefix) else { return one.contains(name) }
    return name.dropFirst(kind.count).allSatisfy { $0.isNumber || "/:uH".contains($0) }
  }

  /// A row of the OOM killer's table of tasks: `[  812]  1000   812 … 0 name`.
  private static func taskRow(
    _ text: String, _ kernelThreads: Set<String>, _ pseudonyms: inout Pseudonyms
  ) -> String? {
    let trimmed = text.drop { $0 == " " }
    guard trimmed.first == "[", let end = trimmed.firstIndex(of: "]"),
      trimmed[..<end].dropFirst().allSatisfy({ $0 == " " || $0.isASCII && $0.isNumber })
    else { return nil }
    let rest = trimmed[trimmed.index(after: end)...]
    let fields = rest.split(separator: " ")
    let numbers = fields.prefix { Int($0) != nil }.count
    let count = min(numbers, fields.count - 1)
    guard count >= 6, let name = fields.dropFirst(count).first else { return nil }
    return text[..<name.startIndex]
      + comm(rest[name.startIndex...], kernelThreads, &pseudonyms)
  }

  /// `backtrace (crc 1a2b3c4d):` — of a few bytes the checksum tells the contents.
  private static func checksum(_ text: String, _ pseudonyms: inout Pseudonyms) -> String? {
    guard let start = text.firstRange(of: "backtrace (crc "), text.hasSuffix("):") else {
      return nil
    }
    let digits = text[start.upperBound...].dropLast(2)
    guard digits.allSatisfy(\.isHexDigit), digits.count <= 8,
      text[..<start.lowerBound].allSatisfy({ $0 == " " })
    else { return nil }
    return text[..<start.upperBound] + pseudonyms.digits(.checksum, digits) + "):"
  }
}
