import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis
@testable import KmemParsers

/// Lists of modules from several moments of one boot, and what frames they allow.
@Suite struct ModuleMapTests {
  /// HZ 250: so many seconds after boot.
  private static func jiffies(_ seconds: Double) -> Int {
    4_294_967_296 - 75000 + Int(seconds * 250)
  }

  private static let gone = "gone 16384 0 - Live 0xffffffffc0001000\n"
  private static let other = "other 16384 0 - Live 0xffffffffc0001000\n"

  private static func list(_ seconds: Double, _ text: String) -> Snapshot {
    Snapshot(typed: [
      "proc/uptime": "\(seconds) 1.00\n", "proc/config": "CONFIG_HZ=250\n", "proc/modules": text,
    ])
  }

  /// The culprit of an object allocated then, by the lists recorded, the last one at the report.
  private static func culprit(
    _ frame: String, at seconds: Double, _ lists: (Double, String)...,
    isLog: Bool = false
  ) -> LeakFrame? {
    guard let last = lists.last else { return nil }
    var map = ModuleMap(list(last.0, last.1))
    for (time, text) in lists.dropLast() { map.add(list(time, text)) }
    let text = LeakTexts.object(
      "0xffff888000000100", jiffies: jiffies(seconds), frames: ["kmalloc_trace+0x1/0x2", frame])
    return LeakTexts.report(text, modules: map.printed(at: isLog ? nil : last.0)).groups.first?
      .culprit
  }

  @Test func `a bare address belongs to the module that lay there when the object was made`() {
    let address = "0xffffffffc0001234"
    let lists = [(10.0, Self.gone), (50.0, ""), (100.0, Self.other), (200.0, "")]
    func module(_ seconds: Double) -> String? {
      Self.culprit(address, at: seconds, lists[0], lists[1], lists[2], lists[3])?.module
    }
    #expect(module(10.5) == "gone")
    #expect(module(100) == "other")
    #expect(module(20) == nil)
    #expect(module(90) == nil)
    #expect(module(150) == nil)
    #expect(module(5) == nil)
  }

  @Test func `between two lists that show a module nobody else was at its address`() {
    let frame = Self.culprit(
      "0xffffffffc0001234", at: 20, (10, Self.gone), (40, Self.gone), (50, ""))
    #expect(frame?.module == "gone" && frame?.isResolved == true)
  }

  @Test func `after the last list that shows a module, another one may have come and gone`() {
    let frame = Self.culprit("0xffffffffc0001234", at: 45, (10, Self.gone), (50, ""))
    #expect(frame?.module == nil)
    #expect(frame?.origin == .perhaps(place: "gone+0x234"))
  }

  /// A list of the module that came to the place, with when it was there already.
  private static func list(_ seconds: Double, _ text: String, loadedBy: Double) throws -> Snapshot {
    let facts = ModuleFacts(modules: ["other": ModuleFacts.Module(loadedBy: loadedBy)])
    var capture = Capture(typed: [
      "proc/uptime": "\(seconds) 1.00\n", "proc/config": "CONFIG_HZ=250\n", "proc/modules": text,
    ])
    capture.sources[ModuleFacts.path] = SourceReading(outcome: .read, bytes: try facts.encoded())
    return Snapshot(capture)
  }

  @Test
  func `a module that is known to be loaded before the first list with it is named from then on`()
    throws
  {
    var map = ModuleMap(try Self.list(100, Self.other, loadedBy: 60))
    map.add(Self.list(10, Self.gone))
    func module(_ seconds: Double) -> String? {
      let text = LeakTexts.object(
        "0xffff888000000100", jiffies: Self.jiffies(seconds),
        frames: ["kmalloc_trace+0x1/0x2", "other_take+0x26/0x5a [other]"])
      return LeakTexts.report(text, modules: map.printed(at: 100)).groups.first?.culprit?.module
    }
    #expect(module(80) == "other")
    #expect(module(50) == nil)
    let again = ModuleMap(try Self.list(100, Self.other, loadedBy: 60)).recordText
    #expect(again.contains("100.0 100.0 other 0xffffffffc0001000 16384 - - 60.0\n"))
  }

  @Test func `a bare address between two modules' times is nobody's`() {
    let frame = Self.culprit(
      "0xffffffffc0001234", at: 50, (10, Self.gone), (100, Self.other), (200, ""))
    #expect(frame?.module == nil && frame?.isResolved == false && frame?.isUnknown == true)
  }

  @Test func `a bare address in no recorded range stays one`() {
    let frame = Self.culprit("0xffffffffc0101234", at: 20, (10, Self.gone), (50, ""))
    #expect(frame?.printed == "0xffffffffc0101234" && frame?.origin == .kernel)
    #expect(frame?.module == nil)
  }

  @Test func `a module that was loaded after the object was made isn't blamed`() {
    let frame = "other_take+0x26/0x5a [other]"
    let early = Self.culprit(frame, at: 20, (10, Self.gone), (30, Self.gone), (100, Self.other))
    #expect(early?.module == nil && early?.symbol == nil)
    #expect(early?.origin == .laterModule)
    let unsure = Self.culprit(frame, at: 50, (10, Self.gone), (100, Self.other))
    #expect(unsure?.module == nil)
    let late = Self.culprit(frame, at: 150, (10, Self.gone), (100, Self.other), (200, Self.other))
    #expect(late?.module == "other" && late?.isResolved == false)
  }

  @Test func `without an earlier list the kernel's word counts`() {
    let frame = Self.culprit("other_take+0x26/0x5a [other]", at: 20, (100, Self.other))
    #expect(frame?.module == "other")
    let unlisted = Self.culprit("other_take+0x26/0x5a [other]", at: 20, (10, ""), (100, Self.gone))
    #expect(unlisted?.module == "other", "a module that the list lacks can't be judged")
  }

  @Test func `a log names modules as they were when it was written`() {
    let frame = "gone_take+0x26/0x5a [gone]"
    let lists = [(10.0, Self.gone), (50.0, ""), (100.0, Self.gone)]
    let log = Self.culprit(frame, at: 12, lists[0], lists[1], lists[2], isLog: true)
    #expect(log?.module == "gone")
  }

  @Test func `modules that were there together don't dispute each other's addresses`() {
    // From 6.4 on the size counts data that lies elsewhere: ranges seem to overlap.
    let both =
      "low 65536 0 - Live 0xffffffffc0001000\nhigh 16384 0 - Live 0xffffffffc0004000\n"
    let frame = Self.culprit("0xffffffffc0004123", at: 10, (10, both), (50, ""))
    #expect(frame?.module == "high")
    let named = Self.culprit("high_take+0x1/0x2 [high]", at: 20, (10, both), (50, both))
    #expect(named?.module == "high")
  }

  @Test func `far behind a module's beginning only its file could tell`() {
    let frame = Self.culprit("0xffffffffc0003234", at: 20, (10, Self.gone), (50, ""))
    #expect(frame?.module == nil)
    #expect(frame?.origin == .perhaps(place: "gone+0x2234"))
  }

  @Test func `an object whose time isn't known gets no address that two modules had`() {
    var map = ModuleMap(Self.list(100, Self.other))
    map.add(Self.list(10, Self.gone))
    let text = """
      unreferenced object 0xffff888000000100 (size 192):
        backtrace (crc 0):
          0xffffffffc0001234

      """
    #expect(LeakTexts.report(text, modules: map).groups.first?.culprit?.module == nil)
  }

  @Test func `one stack of objects from two modules' times is nobody's`() {
    var map = ModuleMap(Self.list(200, ""))
    for (time, text) in [(10.0, Self.gone), (50, ""), (100, Self.other)] {
      map.add(Self.list(time, text))
    }
    let frames = ["kmalloc_trace+0x1/0x2", "0xffffffffc0001234"]
    let text =
      LeakTexts.object("0xffff888000000100", jiffies: Self.jiffies(20), frames: frames)
      + LeakTexts.object("0xffff888000000200", jiffies: Self.jiffies(120), frames: frames)
    let report = LeakTexts.report(text, modules: map.printed(at: 200))
    #expect(report.groups.count == 1 && report.groups.first?.culprit?.module == nil)
    #expect(report.groups.first?.culprit?.origin == .severalModules)
  }

  @Test func `a list without addresses says nothing of places`() {
    let hidden = "gone 16384 0 - Live 0x0000000000000000\n"
    let frame = Self.culprit(
      "other_take+0x1/0x2 [other]", at: 20, (15, hidden), (100, Self.other))
    #expect(frame?.module == "other")
  }

  @Test func `a thousand lists of a module that comes and goes make a small map`() {
    var map = ModuleMap(Self.list(100, Self.other))
    for step in 0..<1000 {
      map.add(Self.list(100 + Double(step), step.isMultiple(of: 2) ? Self.other : ""))
      map.add(
        Self.list(100.5 + Double(step), Self.other + "stable 4096 0 - Live 0xffffffffc0a00000\n"))
    }
    #expect(map.residences.count { $0.name == "stable" } == 1000)
    #expect(map.residences.count { $0.name == "other" } == 501)
  }

  @Test func `a record holds each stay of a module, and reads back the same`() throws {
    var map = ModuleMap(Self.list(10, Self.gone))
    map.add(Self.list(20, Self.gone))
    map.add(Self.list(50, ""))
    map.add(Self.list(100, Self.gone + Self.other))
    map.add(Self.list(15, Self.gone))
    let text = map.recordText
    #expect(text.contains("10.0 20.0 gone 0xffffffffc0001000 16384 - - -\n"))
    #expect(text.contains("100.0 100.0 gone 0xffffffffc0001000 16384 - - -\n"))
    var again = ModuleMap()
    let bytes = Array(text.utf8)
    again.add(record: bytes.span)
    #expect(text.contains("\n50.0 50.0 - 0x0 0 - - -\n"))
    #expect(again.recordText == text)
  }
}

/// A file of a module that knows one function.
private struct OneFunction: ModuleCode {
  func code(at offset: UInt64, in module: ModuleResidence) -> ModuleCodeAnswer {
    guard offset < 0x300 else { return .outside }
    return .function(
      CodeFrame(
        function: "\(module.name)_take", offset: offset - 0x200, length: 0x100,
        module: module.name))
  }

  func offset(of frame: CodeFrame, in module: ModuleResidence) -> UInt64? {
    frame.function.hasSuffix("_take") ? 0x200 + frame.offset : nil
  }
}

@Suite struct ModuleCodeTests {
  private func culprit(_ frame: String) -> LeakFrame? {
    func list(_ seconds: Double, _ text: String) -> Snapshot {
      Snapshot(typed: [
        "proc/uptime": "\(seconds) 1.00\n", "proc/config": "CONFIG_HZ=250\n", "proc/modules": text,
      ])
    }
    var map = ModuleMap(list(100, "other 16384 0 - Live 0xffffffffc0001000\n"))
    map.add(list(10, "gone 16384 0 - Live 0xffffffffc0001000\n"))
    map.add(list(30, "gone 16384 0 - Live 0xffffffffc0001000\n"))
    map.code = OneFunction()
    let text = LeakTexts.object(
      "0xffff888000000100", jiffies: 4_294_967_296 - 70000,
      frames: ["kmalloc_trace+0x1/0x2", frame])
    return LeakTexts.report(text, modules: map.printed(at: 100)).groups.first?.culprit
  }

  @Test func `a module's file names the function, and the frame says where that is from`() {
    let frame = culprit("0xffffffffc0001234")
    #expect(frame?.symbol == "gone_take" && frame?.module == "gone" && frame?.isResolved == true)
    #expect(frame?.printed == "gone_take+0x34/0x100 [gone]")
    #expect(frame?.origin == .recordedFunction)
    #expect(frame?.name == "gone_take [gone]")
  }

  @Test func `an address behind the module's code is in no function of it`() {
    let frame = culprit("0xffffffffc0001334")
    #expect(frame?.module == nil && frame?.printed == "0xffffffffc0001334")
    #expect(frame?.origin == .kernel)
  }

  @Test func `what the kernel put into a later module is given back to the earlier one`() {
    let frame = culprit("other_take+0x34/0x100 [other]")
    #expect(frame?.symbol == "gone_take" && frame?.module == "gone" && frame?.isResolved == true)
  }

  @Test func `a module's data is never a place to call from`() {
    let frame = culprit("__this_module+0x18/0xfc0 [other]")
    #expect(frame?.isUnknown == true)
    #expect(frame?.origin == .data)
  }
}
