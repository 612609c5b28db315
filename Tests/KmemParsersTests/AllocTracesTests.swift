import Testing

@testable import KmemParsers

@Suite struct AllocTracesTests {
  @Test func `each part of a trace has its place`() throws {
    let traces = try AllocTraces(allocTracesOf6).traces
    #expect(traces.map(\.count) == [2000, 174, 8])
    let first = try #require(traces.first)
    #expect(first.caller?.module == "kmemlab_cache")
    #expect(first.caller?.symbol == "kmemlab_cache_take.constprop.0")
    #expect(first.waste == 56000)
    #expect(first.ages == [320, 340, 370])
    #expect(first.processes == [63, 70])
    #expect(first.processors == "0-1")
    #expect(first.nodes == nil)
    #expect(first.stack.count == 4)
    #expect(first.stack.last?.address == 0xffff_ffff_c020_0123)
  }

  @Test func `a caller that was not recorded is nobody, and has no frames`() throws {
    let trace = try AllocTraces(allocTracesOf6).traces[1]
    #expect(trace.caller == nil)
    #expect(trace.frames.isEmpty)
    #expect(trace.ages == [4_294_895_790])
  }

  @Test func `a negative process id and nodes alone are read`() throws {
    let trace = try AllocTraces(allocTracesOf6).traces[2]
    #expect(trace.processes == [-1])
    #expect(trace.processors == nil)
    #expect(trace.nodes == "0")
  }

  @Test func `the older file has callers and no stacks`() throws {
    let file = try AllocTraces(allocCallsOf5)
    #expect(file.traces.map(\.count) == [1, 512])
    #expect(file.traces.last?.frames.map(\.module) == ["ext4"])
    #expect(file.traces.last?.processors == "0-3,8")
    #expect(file.remarks == [])
  }

  @Test func `an older file of a whole page may be cut`() throws {
    let line = "      1 f+0x1/0x2 age=1 pid=0 cpus=0 nodes=0\n"
    let text = String(repeating: line, count: 3800 / line.utf8.count)
    #expect(try AllocTraces(text).notes.first?.contains("may be missing") == true)
  }

  @Test func `no data is an answer`() throws {
    #expect(try AllocTraces("No data\n").traces == [])
  }

  @Test func `a count that no counter can hold is passed over`() throws {
    let text = "99999999999999999999999 f+0x1/0x2 age=1 pid=0\n" + allocCallsOf5
    let file = try AllocTraces(text)
    #expect(file.traces.count == 2)
    #expect(file.remarks.count == 1)
  }
}
