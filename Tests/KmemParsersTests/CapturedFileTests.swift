import Testing

@testable import KmemParsers

/// What the parsers make of real files, which are not part of the project.
@Suite(.enabled(if: CapturedFiles.directory != nil, "KMEMCHECK_CORPUS names no directory"))
struct CapturedFileTests {
  @Test(
    arguments: CapturedFiles.paths(of: "slabinfo") + CapturedFiles.paths(of: "memory.kmem.slabinfo")
  )
  func `every row of a real slabinfo is read`(path: String) throws {
    let bytes = CapturedFiles.bytes(of: path)
    let lines = CapturedFiles.lines(of: bytes)
    let rows = lines.filter { $0.contains(": slabdata ") && !$0.contains("<") }
    let wrapped = lines.filter { $0.contains(": tunables ") && !$0.contains("slabdata") }
    do {
      let slabinfo = try Slabinfo(bytes)
      #expect(slabinfo.caches.count == rows.count)
      #expect(slabinfo.remarks.isEmpty == (wrapped.count <= 1))
      #expect(slabinfo.caches.allSatisfy { $0.bytes(pageSize: 4096) != nil && !$0.name.isEmpty })
    } catch {
      #expect(error.reason.hasPrefix("this is version 2.0"))
    }
  }

  @Test(arguments: CapturedFiles.paths(of: "vmallocinfo"))
  func `every line of a real vmallocinfo is read`(path: String) throws {
    let bytes = CapturedFiles.bytes(of: path)
    let vmallocinfo = try Vmallocinfo(bytes)
    #expect(vmallocinfo.areas.count == CapturedFiles.lines(of: bytes).count)
    #expect(vmallocinfo.remarks == [])
    #expect(vmallocinfo.areas.allSatisfy { $0.others.isEmpty })
  }

  @Test(arguments: CapturedFiles.paths(of: "modules"))
  func `every line of a real modules is read`(path: String) throws {
    let bytes = CapturedFiles.bytes(of: path)
    let modules = try Modules(bytes)
    #expect(modules.modules.count == CapturedFiles.lines(of: bytes).count)
    #expect(modules.remarks == [])
  }

  @Test(arguments: CapturedFiles.paths(of: "allocinfo").filter { !$0.hasSuffix(".raw.txt") })
  func `every line of a real allocinfo is read`(path: String) throws {
    let bytes = CapturedFiles.bytes(of: path)
    let allocinfo = try Allocinfo(bytes)
    #expect(allocinfo.tags.count == CapturedFiles.lines(of: bytes).count - 2)
    #expect(allocinfo.remarks == [])
  }

  @Test(arguments: CapturedFiles.paths(of: "alloc_traces"))
  func `every trace of a real alloc_traces is read`(path: String) throws {
    let bytes = CapturedFiles.bytes(of: path)
    let heads = CapturedFiles.lines(of: bytes).filter {
      $0.contains(" age=") && $0.contains(" pid=")
    }
    let traces = try AllocTraces(bytes).traces
    #expect(traces.count == heads.count)
    #expect(traces.allSatisfy { $0.caller != nil && !$0.ages.isEmpty && !$0.processes.isEmpty })
  }

  @Test(arguments: CapturedFiles.paths(of: "page_owner"))
  func `every record of a real page_owner, and every stack of its sums, is read`(path: String)
    throws
  {
    let bytes = CapturedFiles.bytes(of: path)
    let lines = CapturedFiles.lines(of: bytes)
    let records = lines.filter { $0.hasPrefix("Page allocated via order") }
    if records.isEmpty {
      let sums = try PageOwnerStacks(bytes)
      #expect(sums.stacks.count == lines.filter { $0.hasPrefix("handle: ") }.count)
      #expect(sums.remarks == [])
    } else {
      #expect(try PageOwner(bytes).blocks == UInt64(records.count))
    }
  }

  @Test(arguments: CapturedFiles.paths(of: "version"))
  func `every real version is read`(path: String) throws {
    let version = try KernelVersion(CapturedFiles.bytes(of: path))
    #expect(version.major >= 2)
    #expect(version.remarks == [])
  }
}
