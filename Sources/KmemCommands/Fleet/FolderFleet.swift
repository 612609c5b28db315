import KmemAnalysis
import KmemHistory
import KmemParsers
import KmemReport
import KmemSnapshot

/// Judges a pile of captures, sosreports and histories of many machines.
struct FolderFleet {
  let places: [String]

  /// - Throws: `Failure` if nothing in the places is a capture or a history.
  func report() throws(Failure) -> FleetReport {
    let found = try SeriesPlaces(places)
    var remarks: [FleetRemark] = []
    if found.leftOut > 0 { remarks.append(.filesLeftOut(found.leftOut)) }
    var hosts: [FleetHost] = []
    for (name, moments) in Self.byMachine(found.moments) {
      do throws(Failure) {
        hosts.append(try host(name, moments))
      } catch {
        remarks.append(.unreadable(host: name, reason: error.message))
      }
    }
    for path in found.histories {
      do throws(Failure) {
        hosts.append(try host(ofHistory: path))
      } catch {
        remarks.append(.unreadable(host: path, reason: error.message))
      }
    }
    return FleetReport(hosts, origin: places.joined(separator: " "), remarks: remarks)
  }

  /// The captures of each machine: by its id where that is told, else by its name.
  private static func byMachine(_ moments: [SeriesMoment]) -> [(name: String, [SeriesMoment])] {
    let groups = Dictionary(grouping: moments) { $0.host.machineID ?? $0.machine }
    var used: [String: Int] = [:]
    return groups.sorted { $0.key < $1.key }.map { id, moments in
      // Clones of one image share a name, and two machines must not be told as one.
      let name = moments.last?.machine ?? id
      used[name, default: 0] += 1
      return (used[name] == 1 ? name : "\(name) (\(id.prefix(8)))", moments)
    }
  }

  private func host(_ name: String, _ moments: [SeriesMoment]) throws(Failure) -> FleetHost {
    let replay = SeriesReplay(places: places, host: nil, boot: nil, last: nil, pids: [])
    let latest = moments.max { ($0.time ?? 0) < ($1.time ?? 0) } ?? moments[0]
    let traits = FleetTrait.all(of: try latest.capture())
    return FleetHost(name: name, try replay.judged(moments).report, traits: traits)
  }

  private func host(ofHistory path: String) throws(Failure) -> FleetHost {
    let (report, tables) = try WatchReplay(path: path, boot: nil, last: nil, pids: []).judged()
    var traits: Set<FleetTrait> = []
    if let release = report.facts.release { traits.insert(FleetTrait(.release, release)) }
    for case .slabCache(let name) in tables.flatMap(\.series) {
      traits.insert(FleetTrait(.cache, name))
    }
    return FleetHost(name: report.facts.hostname ?? path, report, traits: traits)
  }
}

extension FleetTrait {
  /// What a capture tells of its machine.
  fileprivate static func all(of capture: Capture) -> Set<FleetTrait> {
    let snapshot = Snapshot(capture).ofReport
    var traits: Set<FleetTrait> = []
    if let release = snapshot.host.release { traits.insert(FleetTrait(.release, release)) }
    var facts = MetricsFacts(version: Version.current)
    facts.addBuild(capture)
    if let build = facts.build { traits.insert(FleetTrait(.build, build)) }
    for module in snapshot.modules.value?.modules ?? [] {
      traits.insert(FleetTrait(.module, module.name))
    }
    for cache in snapshot.slabinfo.value?.caches ?? [] {
      traits.insert(FleetTrait(.cache, cache.name))
    }
    return traits.union(snapshot.host.upTime.map(FleetTrait.uptime) ?? [])
  }
}
