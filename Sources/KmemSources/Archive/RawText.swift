internal import KmemIntake
internal import KmemParsers
internal import KmemSnapshot

/// One text outside any tree, or from standard input, read piece by piece.
struct RawText {
  /// What is in it.
  private(set) var intake: Intake
  /// All of it, mended; nothing once it holds more moments than one, and is too long to be kept.
  private(set) var whole: [UInt8] = []
  /// What was mended of its lines, as sentences.
  private(set) var mendings: [String] = []
  /// Why it isn't whole, as words; nothing where it is.
  var reason: String?
  /// What is kept of a long log; nothing as long as all is.
  private var excerpt: LogExcerpt?
  /// Whether it may be a log; nothing as long as it is short.
  private var mayBeLog: Bool?

  /// Reads it to its end, and keeps no more than the limits allow.
  init(_ archive: ArchiveReader, _ limits: ContainerLimits, _ choice: MomentChoice) {
    var end = ArchiveReader.DataEnd.complete
    self.init(limits, choice) { receive in
      end = archive.pieces(limit: limits.unpackedBytes, receive)
    }
    switch end {
    case .complete: break
    case .limit: reason = "only its first \(whole.count) bytes were kept"
    case .failure(let words): reason = "it can't be read to its end: \(words)"
    }
  }

  /// Reads a text that lies in memory already, as one of several in a vendor's bundle.
  init(_ reading: SourceReading, _ limits: ContainerLimits = ContainerLimits()) {
    let bytes = reading.bytes
    self.init(limits, .last) { receive in _ = receive(bytes.span) }
    reason = reading.reason
  }

  /// Reads what it is fed with; the receiver tells whether there is room for more.
  private init(
    _ limits: ContainerLimits, _ choice: MomentChoice,
    feed: (_ receive: (Span<UInt8>) -> Bool) -> Void
  ) {
    intake = Intake(
      wanted: choice.number, budget: limits.momentBytes, limit: limits.fileBytes,
      isThinned: choice == .all)
    var mender = TextMender()
    var text = self
    feed { piece in
      mender.read(piece, stamped: { text.take($0, stamps: $1, limits.fileBytes) })
      return text.whole.count < limits.fileBytes
    }
    mender.finish(stamped: { text.take($0, stamps: $1, limits.fileBytes) })
    text.excerpt?.finish(into: &text.whole)
    self = text
    intake.finish()
    mendings = mender.remarks.map { "line \($0.line): \($0.reason)" }
    let names = intake.namesInDoubt.sorted()
    guard !names.isEmpty else { return }
    mendings.append(
      "\(names.prefix(8).joined(separator: ", ")) were taken for names of machines: where they are "
        + "moments of one machine, put before and after in their place")
  }

  /// An empty text.
  init() { intake = Intake() }

  /// So much of a text is kept even if it holds many moments.
  private static let kept = 1 << 20

  private mutating func take(_ piece: Span<UInt8>, stamps: [LineStamp], _ limit: Int) {
    intake.read(piece, stamps: stamps)
    // What belongs to moments that are over is kept by the intake, as far as it's needed.
    if intake.count > 1, whole.count > Self.kept { return whole.removeAll() }
    guard intake.count <= 1 || !whole.isEmpty else { return }
    if mayBeLog == nil, whole.count >= Self.longLog { mayBeLog = beginsAsLog }
    if excerpt != nil || mayBeLog == true && intake.count == 0 && !intake.isInFile {
      var log = excerpt ?? LogExcerpt()
      log.take(piece, into: &whole)
      excerpt = log
      return
    }
    let room = min(piece.count, limit - whole.count)
    let part = piece.extracting(0..<room)
    unsafe part.withUnsafeBufferPointer { bytes in unsafe whole.append(contentsOf: bytes) }
  }

  /// So much of a log is kept whole.
  private static let longLog = 16 << 20

  /// Whether nothing in its beginning tells that the text is anything but a log.
  private var beginsAsLog: Bool {
    let source = KernelFileContents.source(of: Array(whole.prefix(1 << 18)))
    return source == nil || source.map(RawFile.isOfLog) == true
  }
}
