import KmemAnalysis
import KmemHistory
import KmemReport
import KmemSnapshot
import KmemSources

/// The captures and histories in the folders and files that a user names.
struct SeriesPlaces {
  /// The captures, in the order of their paths.
  private(set) var moments: [SeriesMoment] = []
  /// The files that are databases.
  private(set) var histories: [String] = []
  /// How many files are neither.
  private(set) var leftOut = 0

  /// How many moments of texts there are, and how many of them stand for all.
  private(set) var textMoments = (kept: 0, all: 0)

  /// The most bytes that are held of all texts until they are read; of a longer one some moments stand
  /// for the others.
  private static let budget = 96 << 20

  /// Looks through the places.
  ///
  /// - Throws: `Failure` if one can't be read, or nothing in them is a capture or a history.
  init(_ places: [String]) throws(Failure) {
    var reason: String?
    var limits = ContainerLimits()
    limits.momentBytes = Self.budget
    do {
      for path in try places.flatMap({ try CapturePlaces(at: $0).paths }) {
        guard !History.isLikely(path) else {
          histories.append(path)
          continue
        }
        do {
          let found = try SeriesMoment.all(at: path, limits)
          moments += found
          count(found)
          limits.momentBytes -= found.reduce(0) { $0 + $1.heldBytes }
        } catch {
          leftOut += 1
          reason = reason ?? Failure(error).message
        }
      }
    } catch {
      throw Failure(error)
    }
    guard moments.isEmpty, histories.isEmpty else { return }
    throw Failure(status: .badData, SeriesRefusal.nothing(places: places, firstReason: reason))
  }

  private mutating func count(_ found: [SeriesMoment]) {
    guard found.count > 1, let all = found.first?.host.textMoment?.count else { return }
    textMoments.kept += found.count
    textMoments.all += max(all, found.count)
  }

  /// What is to be said where some moments of texts stand for the others.
  var remark: WatchFacts.Gap? {
    textMoments.kept < textMoments.all
      ? .passedOver(kept: textMoments.kept, of: textMoments.all) : nil
  }
}
