import KmemTestSupport
import Testing

/// Parts of leak reports of programs as strangers paste them, through the whole program.
@Suite struct StrangersLeaksTests {
  private func leaks(_ text: String, _ options: String...) throws -> Program.Result {
    let program = try Program()
    let file = try program.home.write("leaks.txt", Array(text.utf8))
    return try program.run(arguments: ["leaks", file] + options, user: .whoeverTests)
  }

  @Test func `a fence below a stack of memleak is no frame of it`() throws {
    let found = try leaks(
      """
      ```
      [11:00:13] Top 10 stacks with outstanding allocations:
              4096 bytes in 1 allocations from stack
                      kmem_cache_alloc_trace+0x15c [kernel]
      ```

      """)
    #expect(found.output.contains("no frame but allocators' (kmem_cache_alloc_trace)"))
    #expect(!found.output.contains("`"))
  }

  @Test func `slabs and the pages that they took are said to be counted twice`() throws {
    let stacks = ["__alloc_pages_nodemask+0x1be", "kmem_cache_alloc_trace+0x15c"].map {
      "        4096 bytes in 1 allocations from stack\n                \($0) [kernel]\n"
    }
    let found = try leaks(
      "[11:00:13] Top 10 stacks with outstanding allocations:\n" + stacks.joined())
    #expect(found.output.contains("4 096 bytes in 1 allocation may be counted twice"))
    let pages = try leaks(
      "[11:00:13] Top 10 stacks with outstanding allocations:\n" + stacks[0])
    #expect(!pages.output.contains("twice"))
  }

  @Test func `a frame of memleak that was cut is none`() throws {
    let found = try leaks(
      """
      [10:45:53] Top 8 stacks with outstanding allocations:
      6000 bytes in 17 allocations from stack
              0 [<ffffffffad4c510d
      """)
    #expect(found.output.contains("17 allocations outstanding: no stack"), "\(found.output)")
  }

  @Test func `a stack that Python printed as bytes is read`() throws {
    let found = try leaks(
      """
      [14:11:43] Top 10 stacks with outstanding allocations:
      \t8 bytes in 1 allocations from stack
      \t\tb'pcpu_alloc+0x3d8 [kernel]\\n\\t\\tperf_trace_event_init+0xc9 [kernel]\\n\\t\\tperf_trace_init+0x69 [kernel]'

      """)
    #expect(found.output.contains("outstanding: perf_trace_event_init"), "\(found.output)")
  }

  private func stack(_ frames: [String]) -> String {
    let lines = frames.enumerated().map { "    #\($0) 0x4e6e7\($0) in \($1)" }
    return """
      ==77==ERROR: LeakSanitizer: detected memory leaks

      Direct leak of 16 byte(s) in 1 object(s) allocated from:
      \(lines.joined(separator: "\n"))

      """
  }

  @Test(arguments: [
    ["CRYPTO_malloc", "CRYPTO_zalloc", "load_key"], ["ats_malloc", "load_key"],
    ["lib_xstrdup", "load_key"], ["av_malloc_array", "load_key"], ["zend_strndup", "load_key"],
    ["WTF::fastMalloc(unsigned long)", "load_key"],
    ["Key::operator new(unsigned long)", "load_key"],
    ["do_realloc_locked", "load_key"],
  ])
  func `a program's own wrapper of an allocator is passed over by its name`(
    frames: [String]
  ) throws {
    let found = try leaks(stack(["malloc"] + frames + ["main"]))
    #expect(found.output.contains("leaked directly: load_key"), "\(found.output)")
  }

  @Test func `show says which command reads a report on leaks of programs`() throws {
    let text = stack(["malloc", "load_key", "main"])
    let shown = try Program().run("show", "-", input: Array(text.utf8), user: .whoeverTests)
    #expect(shown.status == 65 && shown.errors.contains("kmemcheck leaks - reads it"))
  }

  @Test(arguments: [
    ["test_malloc", "main"], ["my_malloc"], ["file_prealloc", "main"], ["leak_strdup", "main"],
    ["load_malloced", "main"], ["load", "cache_malloc", "main"],
    ["xmlStrndup", "main"],
  ])
  func `what only sounds like a wrapper, or has no caller, is to blame itself`(
    frames: [String]
  ) throws {
    let found = try leaks(stack(["malloc"] + frames))
    #expect(found.output.contains("leaked directly: \(frames[0])"), "\(found.output)")
  }

  @Test func `addresses without names accuse no address`() throws {
    let found = try leaks(
      """
      [09:41:10] Top 10 stacks with outstanding allocations:
              771040 bytes in 610 allocations from stack
                      0xffffffe1294db528      [unknown]
                      0xffffffe1294db180      [unknown]

      """)
    #expect(found.output.contains("610 allocations outstanding: unknown code"))
  }

  @Test func `a sanitizer's first frame is its own, even without a name`() throws {
    let found = try leaks(
      """
      ==24927==ERROR: LeakSanitizer: detected memory leaks

      Direct leak of 1058 byte(s) in 1 object(s) allocated from:
          #0 0x4b9808  (/home/u/app+0x4b9808)
          #1 0x4f13a0  (/home/u/app+0x4f13a0)

      SUMMARY: AddressSanitizer: 1058 byte(s) leaked in 1 allocation(s).

      """)
    #expect(found.output.contains("leaked directly: app+0x4f13a0"), "\(found.output)")
  }

  @Test(arguments: [
    "<std::alloc::System as core::alloc::global::GlobalAlloc>::alloc", "__rust_alloc",
    "alloc::alloc::alloc", "<alloc::alloc::Global as core::alloc::Allocator>::allocate", "alloc",
    "UnknownInlinedFun", "_PyObject_GC_Alloc.lto_priv.0", "PyTuple_Pack",
  ]) func `the ways to an allocator are never to blame`(function: String) throws {
    let found = try leaks(
      """
      Direct leak of 216 byte(s) in 3 object(s) allocated from:
          #0 0x55f4e9d7f1bf in malloc (/target/debug/app+0x2071bf)
          #1 0x55f4ea154d9a in \(function) /library/std/src/sys/alloc/unix.rs:14:22
          #2 0x55f4ea154d9b in app::queue::grow /src/queue.rs:7:2

      """)
    #expect(found.output.contains("leaked directly: app::queue::grow"), "\(found.output)")
  }

  @Test func `a first line that lost its mark is no process of its own`() throws {
    let found = try leaks(
      """
      HEAP SUMMARY:
      ==9739==     in use at exit: 195,781 bytes in 215 blocks
      ==9739==\u{20}
      ==9739== LEAK SUMMARY:
      ==9739==    definitely lost: 0 bytes in 0 blocks
      ==9739==      possibly lost: 1,360 bytes in 5 blocks

      """)
    #expect(found.output.contains("Valgrind, one process"), "\(found.output)")
    #expect(!found.output.contains("ends before its leak records"))
  }

  @Test func `a frame that was cut within its place keeps its function`() throws {
    let found = try leaks(
      """
      ==29712== 225,680 bytes in 40,560 blocks are definitely lost in loss record 241 of 242
      ==29712==    at 0x4C28C20: malloc (vg_replace_malloc.c:296)
      ==29712==    by 0x7E56A48: xmlStrndup (in /usr/lib
      """)
    #expect(found.output.contains("definitely lost: xmlStrndup\n"), "\(found.output)")
  }

  private static let error = """
    <error>
      <kind>Leak_DefinitelyLost</kind>
      <xwhat>
        <text>248 bytes in 1 blocks are definitely lost in loss record 1 of 1</text>
        <leakedbytes>248</leakedbytes>
        <leakedblocks>1</leakedblocks>
      </xwhat>
      <stack>
        <frame><ip>0x4</ip><fn>operator new(unsigned long)</fn></frame>
        <frame><ip>0x1</ip><fn>work()</fn><file>my_file.cpp</file><line>436</line></frame>
      </stack>
    </error>

    """

  @Test func `one error of Valgrind's XML is read without its document`() throws {
    let found = try leaks("The XML:\n```\n\(Self.error)```\n  File \"x\", line 3, in <module>\n")
    #expect(
      found.status == 1 && found.output.contains("definitely lost: work()"), "\(found.output)")
    #expect(found.output.contains("at my_file.cpp:436"))
    #expect(!found.output.contains("XML that begins here"))
  }

  @Test(arguments: ["5", "6"])
  func `later protocols of Valgrind's XML, with a type of document, are read`(protocol: String)
    throws
  {
    let found = try leaks(
      """
      <?xml version="1.0"?>
      <!DOCTYPE valgrindoutput>
      <valgrindoutput>
      <protocolversion>\(`protocol`)</protocolversion>
      <tool>memcheck</tool>
      <error>
        <kind>FdNotClosed</kind>
        <what>File descriptor 3: /tmp/x is already closed</what>
      </error>
      \(Self.error)</valgrindoutput>

      """)
    #expect(
      found.status == 1 && found.output.contains("definitely lost: work()"), "\(found.output)")
  }

  @Test func `an error element of other XML is no report`() throws {
    #expect(try leaks("<error>\n  <text>x</text>\n</error>\n").status == 65)
  }

  @Test(arguments: [
    "Suppressions used:\n  count      bytes template\n      1         64 some_library\n",
    "heaptrack stats:\n\tallocations:          9357\n\tleaked allocations:     11\n",
    "MOST CALLS TO ALLOCATION FUNCTIONS\n1520 calls to allocation functions with 1M peak\n",
  ]) func `what a tool prints besides its leaks decides nothing`(text: String) throws {
    let found = try leaks(text)
    #expect(found.status == 2 && found.lastLine.contains("not enough data"), "\(found.output)")
  }

  private static let pair = """
    ==7==ERROR: LeakSanitizer: detected memory leaks

    Direct leak of 120 byte(s) in 3 object(s) allocated from:
        #0 0x7f in calloc (/lib64/libasan.so.5+0x10de56)
        #1 0x40 in dictionary_new ../src/dictionary.c:157

    Direct leak of 5 byte(s) in 1 object(s) allocated from:
        #0 0x7f in malloc (/lib64/libasan.so.5+0x10de56)
        #1 0x41 in other_new ../src/other.c:1


    """

  @Test(arguments: ["leak:dictionary_new", "leak:dictionary.c", "leak:^dictionary*w$"])
  func `LeakSanitizer's own suppressions leave leaks out`(rule: String) throws {
    let program = try Program()
    let file = try program.home.write("asan.txt", Array(Self.pair.utf8))
    let rules = try program.home.write("supp", Array("# known\n\(rule)\n".utf8))
    let found = try program.run(
      arguments: ["leaks", file, "--suppressions", rules], user: .whoeverTests)
    #expect(found.lastLine.contains("1 group leaks: 5 bytes"), "\(found.output)\(found.errors)")
  }

  @Test func `a pattern that would hide every leak is refused`() throws {
    let program = try Program()
    let rules = try program.home.write("supp", Array("leak:*\n".utf8))
    let found = try program.run(
      arguments: ["leaks", "-", "--suppressions", rules], input: Array(Self.pair.utf8),
      user: .whoeverTests)
    #expect(found.status == 65 && found.errors.contains("would hide every leak"))
  }

  @Test func `an address is for kmemleak's objects alone`() throws {
    let found = try leaks(Self.pair, "--object", "0x40")
    #expect(found.status == 64 && found.errors.contains("--object is for kmemleak's"))
  }

  @Test func `what makes counted objects is not blamed alone`() throws {
    let found = try leaks(
      """
      unreferenced object 0xffff8806d7df7600 (size 168):
        comm "sh", pid 3076, jiffies 4296416537 (age 1962.388s)
        backtrace:
          [<ffffffff811c1b30>] kmem_cache_alloc+0xc0/0x230
          [<ffffffff8108e176>] prepare_creds+0x26/0xe0
          [<ffffffff811e6549>] prepare_bprm_creds+0x39/0x70

      """)
    #expect(found.output.contains("credentials (struct cred) are counted by references"))
  }
}
