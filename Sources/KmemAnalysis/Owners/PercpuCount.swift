/// What a line of allocinfo says of per-CPU memory.
///
/// The kernel counts an object of S bytes as S on each possible processor, and with memory cgroups
/// another 2 × S for a vector of pointers (`pcpu_obj_full_size`), which is in no line of meminfo.
enum PercpuCount {
  /// The part that is per-CPU memory itself, where the whole is more than there is.
  static func held(of bytes: Int64, percpu: Int64, processors: Int) -> Int64 {
    guard percpu < bytes / 4 * 3, processors > 0, processors < 1 << 16 else { return bytes }
    let processors = Int64(processors)
    return (bytes / (processors + 2)).timesClamped(processors)
  }
}
