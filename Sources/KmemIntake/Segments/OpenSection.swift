internal import KmemParsers

/// A kernel file of which lines are still coming in.
struct OpenSection {
  /// Its place among the parsed kernel files; nothing for one of which single lines are taken.
  let kind: Int?
  let path: String
  /// Where its first line begins in the whole text, and where its last one ends.
  let start: Int
  var end: Int
  let firstLine: Int
  /// What its first line is beside its numbers.
  var firstKey: UInt64?
  /// The same of the last one.
  var lastKey: UInt64?
  /// Whether a line was there that the file has once, at its beginning.
  var hasFirst = false
  /// Whether lines were there that alone don't tell the file.
  var hasOthers = false
  /// Whether a row came again, by which alone nothing is told yet.
  var mayRepeat = false
  var lines = 0
  /// Lines behind the last one that is the file's.
  var oddLines = 0
  /// Whether nothing stands between it and the file above.
  var follows = false
  /// Whether prose stands above it, or a command that names another file: what comes below may be of its
  /// moment rather than what is above.
  var isApart = false
  /// The time and the words that stand above it.
  let mark: TimeMark?
  let heading: String?

  /// The form of its lines; nothing for a file of which single lines are taken.
  var form: (any ParsedFile.Type)? { kind.map { Self.forms[$0] } }

  /// The files that are found by their lines.
  static let forms: [any ParsedFile.Type] = KernelFiles.parsed
  /// Those of which the marks tell all, as a bit for each, and their marks.
  private static let toldByMarks = forms.enumerated().reduce(into: UInt64(0)) { bits, form in
    if form.element is any ToldByMarks.Type { bits |= 1 << UInt64(form.offset) }
  }
  private static let marks = MarkIndex(forms)

  /// The first form, besides that of the file at hand, that has a sign in the line.
  ///
  /// `isHeld` tells that the file at hand may have the line: only the beginning of another one counts.
  static func sign(of line: Span<UInt8>, besides current: Int?, isHeld: Bool) -> (Int, LineSign)? {
    let marked = marks.files(in: line)
    for (kind, form) in forms.enumerated() where kind != current {
      let bit: UInt64 = 1 << UInt64(kind)
      guard marked & bit != 0 || toldByMarks & bit == 0, let sign = form.sign(of: line),
        !isHeld || sign == .first
      else { continue }
      return (kind, sign)
    }
    return nil
  }
}

/// What a line of a text turns out to be.
enum LineClass {
  case blank
  /// A line of a kernel file, by its place in the forms.
  case row(kind: Int, LineSign?)
  /// A line of the file that was announced and has no form of its own.
  case single
  case time(TimeMark)
  case announcement(Announcement)
  /// Anything else; `isInside` where the file above it may have such lines.
  case odd(isInside: Bool)
}

extension LineClass {
  /// Classes a line by itself and by the file above it.
  init(_ line: Span<UInt8>, in open: OpenSection?, announced: String?) {
    guard !line.isBlankLine else {
      self = .blank
      return
    }
    if let kind = open?.kind, let sign = OpenSection.forms[kind].sign(of: line) {
      self = .row(kind: kind, sign)
      return
    }
    let isHeld = open?.form.map { $0.holds(line) }
    if let known = Self.other(line, open?.kind, isHeld: isHeld == .some(true)) {
      self = known
    } else if let kind = open?.kind, isHeld == .some(true) {
      self = .row(kind: kind, nil)
    } else {
      self = Self.unknown(line, in: open, isHeld: isHeld ?? false, announced: announced)
    }
  }

  /// An announcement, or a line with the sign of another file than the one above.
  ///
  /// Where the file above may hold the line, only the beginning of another one ends it.
  private static func other(_ line: Span<UInt8>, _ current: Int?, isHeld: Bool) -> LineClass? {
    if !isHeld, line.mayAnnounce, let text = line.shortText,
      let announcement = Announcement(line: text)
    {
      return .announcement(announcement)
    }
    return OpenSection.sign(of: line, besides: current, isHeld: isHeld).map {
      .row(kind: $0.0, $0.1)
    }
  }

  private static func unknown(
    _ line: Span<UInt8>, in open: OpenSection?, isHeld: Bool?, announced: String?
  ) -> LineClass {
    if line.count <= 200, line.mayBeTime, let text = line.shortText, let mark = TimeMark(line: text)
    {
      // The two numbers of /proc/uptime are a time and a file.
      return announced == KernelFile.uptime.path ? .single : .time(mark)
    }
    if let announced {
      guard let kind = OpenSection.forms.firstIndex(where: { $0.file.path == announced }) else {
        return .single
      }
      if OpenSection.forms[kind].holds(line) == true { return .row(kind: kind, nil) }
    }
    if let open, open.kind == nil, open.lines < 200 { return .single }
    return .odd(isInside: open?.kind != nil && isHeld == nil)
  }
}
