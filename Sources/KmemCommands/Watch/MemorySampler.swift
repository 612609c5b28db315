import KmemParsers
import KmemAnalysis
import KmemControl
import KmemSnapshot
import KmemSources

/// All amounts of one moment.
struct MemorySample {
  /// Nanoseconds since boot, suspended time included.
  let time: Int64
  /// Seconds since 1970 UTC.
  let wall: Int64
  let amounts: MemoryAmounts
  /// What programs can have without swapping.
  let available: Int64?
  /// Whether other users' processes can't be seen.
  var hidesProcesses = false
}

/// Looks at memory again and again, at the cost of the few files that change.
struct MemorySampler {
  /// The first look, at everything: for owners, and for what stays as it is.
  let first: Capture
  /// What stays as it is and each look needs: which caches are merged, and which can be given back.
  private let lasting: Capture
  /// The only processes that are asked about; all where it's empty.
  private let pids: Set<Int>

  /// - Throws: `Failure` if nothing can be read.
  init(pids: Set<Int> = []) throws(Failure) {
    self.pids = pids
    do {
      first = try LiveKernel(catalog: .withoutLeaks).capture(
        CaptureOptions(tool: KmemcheckCommand.version)
      ).withConfiguration().withModuleNames()
    } catch {
      throw Failure(error)
    }
    var lasting = first
    lasting.sources = first.sources.filter {
      $0.key.hasPrefix(SlabAliases.directory + "/") && $0.key.hasSuffix("/reclaim_account")
    }
    self.lasting = lasting
  }

  /// - Throws: `Failure` if not even meminfo can be read.
  func sample() throws(Failure) -> MemorySample {
    do {
      var capture = try LiveKernel(catalog: .sampled).capture()
      capture.sources.merge(lasting.sources) { new, _ in new }
      capture.links = lasting.links
      return MemorySample(Snapshot(capture), at: capture.manifest?.start)
    } catch {
      throw Failure(error)
    }
  }

  /// The processes and control groups of now, or only those processes that are asked about.
  func processes(_ follower: inout ProcessAmounts) throws(Failure) -> MemorySample {
    do {
      let budget = ProcessBudget(milliseconds: 1000, readsMemory: false, pids: pids)
      let catalog: SourceCatalog = pids.isEmpty ? .groups : .besideProcesses
      let capture = try LiveKernel(catalog: catalog).capture(CaptureOptions(processes: budget))
      let snapshot = Snapshot(capture)
      var sample = MemorySample(
        amounts: follower.amounts(snapshot), available: nil, at: capture.manifest?.start)
      // Of those asked about nothing tells whether there are others.
      guard pids.isEmpty else { return sample }
      sample.hidesProcesses = snapshot.processes.value?.coverage.hidesOthers ?? false
      return sample
    } catch {
      throw Failure(error)
    }
  }

  /// What an ordinary user isn't shown.
  var gaps: [WatchFacts.Gap] {
    let files: [(path: String, kind: SeriesID.Kind)] = [
      (Vmallocinfo.path, .vmallocCaller), (Slabinfo.path, .slabCache),
    ]
    let denied = files.filter { first[$0.path].outcome == .denied }.map(\.kind)
    return denied.isEmpty ? [] : [.needsRoot(denied)]
  }
}

extension MemorySample {
  init(_ snapshot: Snapshot, at moment: Manifest.Timestamp?) {
    var amounts = MemoryAmounts(snapshot)
    amounts.addSystem(snapshot)
    amounts.addCounts(snapshot.counts)
    amounts.leaveOut(anonymous: snapshot.counts.ownAnonymous ?? 0)
    self.init(amounts: amounts, available: Availability(snapshot)?.bytes, at: moment)
  }

  init(amounts: MemoryAmounts, available: Int64?, at moment: Manifest.Timestamp?) {
    let boot = moment?.boot ?? BootClock.now
    time = Int64(exactly: (boot * 1e9).rounded()) ?? 0
    wall = Int64(exactly: (moment?.wall ?? 0).rounded()) ?? 0
    self.amounts = amounts
    self.available = available
  }
}
