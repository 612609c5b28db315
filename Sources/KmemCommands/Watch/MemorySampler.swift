import KmemParsers
import KmemAnalysis
import KmemControl
import KmemSnapshot
import KmemSources

/// Takes samples of memory, at the cost of the few files that change.
struct MemorySampler {
  /// The first capture, of everything: for owners, and for the files that don't change.
  let first: Capture
  /// The files that don't change and each sample needs: which caches are merged, and which are
  /// reclaimable.
  private let lasting: Capture
  /// The only processes that the user asks about; all where it's empty.
  private let pids: Set<Int>

  /// - Throws: `Failure` if nothing can be read.
  init(pids: Set<Int> = []) throws(Failure) {
    self.pids = pids
    do {
      first = try LiveKernel(catalog: .withoutLeaks).capture(
        CaptureOptions(tool: Version.current)
      ).withConfiguration().withModuleNames()
    } catch {
      throw Failure(error)
    }
    lasting = first.lasting
  }

  /// - Throws: `Failure` if not even meminfo can be read.
  func sample() throws(Failure) -> MemorySample {
    try sampleWithModel().sample
  }

  /// A sample, with what is known of the memory of that moment.
  ///
  /// - Throws: `Failure` if not even meminfo can be read.
  func sampleWithModel() throws(Failure) -> (sample: MemorySample, model: MemoryModel) {
    let (model, time) = try moment()
    return (MemorySample(model, at: time, ownShmem: LiveFacts.ownShmem), model)
  }

  /// What is known of the memory of now, without a sample's amounts.
  ///
  /// - Throws: `Failure` if not even meminfo can be read.
  func model() throws(Failure) -> MemoryModel { try moment().model }

  private func moment() throws(Failure) -> (model: MemoryModel, time: Manifest.Timestamp?) {
    do {
      var capture = try LiveKernel(catalog: .sampled).capture()
      capture.sources.merge(lasting.sources) { new, _ in new }
      capture.links = lasting.links
      return (MemoryModel(Snapshot(capture)), capture.manifest?.start)
    } catch {
      throw Failure(error)
    }
  }

  /// A sample of processes and control groups, or only of the processes that the user asks about.
  func processes(_ follower: inout ProcessAmounts) throws(Failure) -> MemorySample {
    do {
      let budget = ProcessBudget(milliseconds: 1000, readsMemory: false, pids: pids)
      let catalog: SourceCatalog = pids.isEmpty ? .groups : .besideProcesses
      let capture = try LiveKernel(catalog: catalog).capture(CaptureOptions(processes: budget))
      let snapshot = Snapshot(capture)
      var sample = MemorySample(
        amounts: follower.amounts(snapshot), available: nil, at: capture.manifest?.start)
      // Samples of some processes don't tell whether others are hidden.
      guard pids.isEmpty else { return sample }
      sample.hidesProcesses = snapshot.processes.value?.coverage.hidesOthers ?? false
      return sample
    } catch {
      throw Failure(error)
    }
  }

  /// What the kernel doesn't show to an ordinary user.
  var gaps: [WatchFacts.Gap] {
    let files: [(path: String, kind: SeriesID.Kind)] = [
      (Vmallocinfo.path, .vmallocCaller), (Slabinfo.path, .slabCache),
    ]
    let denied = files.filter { first[$0.path].outcome == .denied }.map(\.kind)
    let container = LiveFacts.container
    let gaps: [WatchFacts.Gap] =
      container.isThere ? [.container(isRootless: container.isRootless)] : []
    // To root of such a container it would be no help to become root.
    return gaps + (denied.isEmpty || container.isRootless ? [] : [.needsRoot(denied)])
  }
}

extension Capture {
  /// What doesn't change in a boot and each sample needs: which caches are merged, and which are
  /// reclaimable.
  var lasting: Capture {
    var lasting = self
    lasting.sources = sources.filter {
      $0.key.hasPrefix(SlabAliases.directory + "/") && $0.key.hasSuffix("/reclaim_account")
    }
    return lasting
  }
}
