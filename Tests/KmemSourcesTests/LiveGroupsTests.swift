import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemSources

/// Control groups whose files are parsed as they are read.
struct LiveGroupsTests {
  @Test func `groups parsed as they are read are those of a capture of their files`() throws {
    // Others make and remove groups meanwhile, so that one of some looks has to be the same.
    let isSame = try (1...5).contains { _ in
      let captured = Snapshot(try LiveKernel(catalog: .groups).capture()).cgroups.value ?? []
      let capture = Capture(origin: "live kernel", kind: .live)
      let parsed = Snapshot(capture, groups: try LiveGroups.read()).cgroups.value ?? []
      return captured.map(Self.shape) == parsed.map(Self.shape)
    }
    #expect(isSame)
  }

  /// What of a group doesn't change from one moment to the next.
  private static func shape(_ group: Cgroup) -> [String] {
    let amounts = [group.memory, group.swap, group.kernel, group.descendants]
    return ["\(group.version)", group.path] + amounts.map { "\($0 == nil)" }
      + (group.stat?.entries.map(\.name) ?? [])
  }
}
