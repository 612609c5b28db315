import KmemAnalysis
import KmemParsers
import KmemSnapshot

extension Capture {
  /// What one control group's memory is used for, where its `memory.stat` is all that the text has.
  var group: GroupMemory? {
    guard let reading = sources[GroupMemoryText.path], sources.count == 1 else { return nil }
    return GroupMemoryText(reading.bytes.span).map(GroupMemory.init)
  }
}
