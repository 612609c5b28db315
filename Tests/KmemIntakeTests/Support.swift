import KmemIntake

/// What a text holds, read whole.
func intake(_ text: String) -> Intake { intake(Array(text.utf8)) }

/// What a text holds, read in pieces of so many bytes.
func intake(_ bytes: [UInt8], pieces: Int = .max, wanted: Int? = nil, budget: Int = 64 << 20)
  -> Intake
{
  var intake = Intake(wanted: wanted, budget: budget)
  var start = 0
  while start < bytes.count {
    let end = min(
      bytes.count, start.addingReportingOverflow(pieces).overflow ? .max : start + pieces)
    intake.read(bytes.span.extracting(start..<end))
    start = end
  }
  intake.finish()
  return intake
}

/// What a text holds once it's mended, with the times and machines that stood before its lines.
func mendedIntake(_ text: String) -> Intake {
  var intake = Intake()
  var mender = TextMender()
  let bytes = Array(text.utf8)
  mender.read(bytes.span, stamped: { intake.read($0, stamps: $1) })
  mender.finish(stamped: { intake.read($0, stamps: $1) })
  intake.finish()
  return intake
}

extension Intake {
  /// The paths of each moment's files, in the order of time.
  var paths: [[String]] {
    (1..<(count + 1)).map { number in self[number]?.moment.sections.map(\.path) ?? [] }
  }

  /// The text of a file of a moment.
  func text(_ number: Int, _ path: String = "proc/meminfo") -> String {
    String(decoding: self[number]?.moment[path] ?? [], as: UTF8.self)
  }
}

/// Short texts of kernel files.
enum Short {
  static let meminfo = """
    MemTotal:       16000000 kB
    MemFree:          900000 kB
    Slab:             500000 kB
    SReclaimable:     200000 kB
    SUnreclaim:       300000 kB

    """
  static let later = """
    MemTotal:       16000000 kB
    MemFree:          100000 kB
    Slab:            1300000 kB
    SReclaimable:     200000 kB
    SUnreclaim:      1100000 kB

    """
  static let slabinfo = """
    slabinfo - version: 2.1
    # name            <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit>
    kmalloc-512         1000   1024    512   32    4 : tunables    0    0    0 : slabdata     32     32      0
    dentry              4000   4032    192   21    1 : tunables    0    0    0 : slabdata    192    192      0

    """
  static let vmstat = "nr_free_pages 2048\nnr_slab_reclaimable 12\npgpgin 17\n"
  static let buddyinfo = "Node 0, zone   Normal     12      3      1      0      2      0      1\n"
  static func row(_ objects: Int) -> String {
    "kmalloc-64  \(objects) \(objects) 64 64 1 : tunables 0 0 0 : slabdata \(objects / 64) \(objects / 64) 0\n"
  }
}
