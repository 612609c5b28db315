import KmemAnalysis
import KmemSnapshot

/// Who wants to hear of each sample of a watch, as what writes metrics does.
protocol SampleListener: AnyObject {
  /// Tells of a sample, and of the first capture of everything; the report is made if it is asked for.
  func hear(
    _ model: MemoryModel, _ sample: MemorySample, first: Capture, report: () -> WatchReport)
}
