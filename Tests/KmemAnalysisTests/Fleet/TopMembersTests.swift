import KmemAnalysis
import Testing

/// Names in the top of a list don't come and go.
@Suite struct TopMembersTests {
  private func ids(_ names: String...) -> [SeriesID] { names.map(SeriesID.slabCache) }

  @Test func `who leaves the top stays for an hour`() {
    var top = TopMembers()
    #expect(top.chosen(ids("a", "b", "c"), limit: 2, now: 0) == ids("a", "b"))
    #expect(top.chosen(ids("a", "c", "b"), limit: 2, now: 60) == ids("a", "c", "b"))
    #expect(top.chosen(ids("a", "c", "b"), limit: 2, now: 3600) == ids("a", "c", "b"))
    #expect(top.chosen(ids("a", "c", "b"), limit: 2, now: 3601) == ids("a", "c"))
  }

  @Test func `at most half as many more are told`() {
    var top = TopMembers()
    for step in 0..<10 {
      let chosen = top.chosen(ids("x\(step)", "y\(step)"), limit: 2, now: Double(step))
      #expect(chosen.count <= 3)
    }
  }
}

/// Names of containers without an API.
@Suite struct ContainerNameTests {
  private let id = String(repeating: "0a1b2c3d", count: 8)

  @Test func `the kubelet's links to logs give pod, namespace and container`() throws {
    let logs = ContainerLogs(["web-7d_shop_nginx-\(id).log", "else.txt", "a_b.log"])
    let group =
      "kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod12ab34cd_0000_1111_2222_333344445555.slice/cri-containerd-\(id).scope"
    let name = try #require(ContainerName(group: group, logs: logs))
    #expect(name.namespace == "shop" && name.pod == "web-7d" && name.container == "nginx")
    let unknown = try #require(ContainerName(group: group))
    #expect(unknown.pod == "12ab34cd-0000-1111-2222-333344445555")
    #expect(unknown.container == "0a1b2c3d0a1b")
  }

  @Test func `docker's and podman's groups have short ids, others are no containers`() {
    #expect(ContainerName(group: "system.slice/docker-\(id).scope")?.container == "0a1b2c3d0a1b")
    #expect(ContainerName(group: "docker/\(id)")?.pod == nil)
    #expect(ContainerName(group: "machine.slice/libpod-\(id).scope")?.container == "0a1b2c3d0a1b")
    #expect(ContainerName(group: "machine.slice/libpod-conmon-\(id).scope") == nil)
    #expect(ContainerName(group: "system.slice/ssh.service") == nil)
    #expect(ContainerName(group: "") == nil)
  }
}
