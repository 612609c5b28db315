import KmemParsers
import KmemSnapshot

/// Memory that a guest gave back to its host, by the driver that took it.
package struct Balloon: Hashable, Sendable {
  /// The driver of the hypervisor's balloon.
  package enum Driver: Hashable, Sendable {
    /// `vmw_balloon`.
    case vmware
    /// `virtio_balloon`; whether it gives pages back before the OOM killer comes, where that is known.
    case virtio(deflatesOnOOM: Bool?)
    /// `hv_balloon`; whether it lowers MemTotal, where that is known.
    case hyperV(lowersMemTotal: Bool?)
    /// `xen-balloon`, which is built in.
    case xen
    /// Built in, or there is no list of modules.
    case unknown
  }

  /// Who took it.
  package let driver: Driver
  /// The bytes that the host has now; nothing where the kernel doesn't count them.
  package let bytes: Int64?

  /// Whether MemTotal still counts the pages, so that they are in no class; nothing where it isn't
  /// known.
  ///
  /// Drivers lower MemTotal by `adjust_managed_page_count`; vmw_balloon never does, virtio_balloon
  /// doesn't where it may deflate when memory runs out. hv_balloon does in 6.1, and didn't in 4.18.
  package var isInMemTotal: Bool? {
    switch driver {
    case .vmware: true
    case .virtio(let deflates): deflates
    case .hyperV(let lowers): lowers.map { !$0 }
    case .xen: false
    case .unknown: nil
    }
  }
}

extension Balloon {
  /// The balloon of a snapshot; nothing where neither a driver nor a count of pages shows one.
  ///
  /// The amount is meminfo's `Balloon` (6.16), else what vmstat counts as taken less what it counts as
  /// given back. Hyper-V's and Xen's drivers count neither before 6.16, VMware's since 5.4: what vmstat
  /// has as 0 is not known there.
  init?(_ snapshot: Snapshot) {
    let driver = Driver(snapshot)
    var counted = Self.counted(snapshot)
    switch driver {
    case .hyperV, .xen: counted = nil
    case .vmware: counted = counted == 0 ? nil : counted
    case .virtio, .unknown, nil: break
    }
    let bytes = snapshot.meminfo.value?[.balloon]?.bytes ?? counted
    guard driver != nil || (bytes ?? 0) > 0 else { return nil }
    self.init(driver: driver ?? .unknown, bytes: bytes)
  }

  private static func counted(_ snapshot: Snapshot) -> Int64? {
    guard let taken = snapshot.vmstat.value?[.balloonInflate],
      let returned = snapshot.vmstat.value?[.balloonDeflate], taken >= returned
    else { return nil }
    return Int64(pages: taken - returned, of: Int64(snapshot.host.pageSize.bytes))
  }
}

extension Balloon.Driver {
  fileprivate init?(_ snapshot: Snapshot) {
    let modules = Set(snapshot.modules.value?.modules.map(\.name) ?? [])
    if modules.contains("vmw_balloon") {
      self = .vmware
    } else if modules.contains("virtio_balloon") || snapshot.balloonDeflatesOnOOM != nil {
      self = .virtio(deflatesOnOOM: snapshot.balloonDeflatesOnOOM)
    } else if modules.contains("hv_balloon") {
      // Only kernels from 6.1 on print that line, and their driver is known to do it.
      let isYoung = snapshot.meminfo.value?[.secPageTables] != nil
      self = .hyperV(lowersMemTotal: isYoung ? true : nil)
    } else if modules.contains("xen_balloon") {
      self = .xen
    } else {
      return nil
    }
  }
}
