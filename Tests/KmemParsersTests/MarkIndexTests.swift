import KmemParsers
import Testing

@Suite struct MarkIndexTests {
  private let files = KernelFiles.parsed
  private var index: MarkIndex { MarkIndex(files) }

  @Test func `the marks of all files are found at once`() {
    for (place, file) in files.enumerated() where file is any ToldByMarks.Type {
      for mark in file.file.marks where mark.rank != .weak {
        let line = Array(mark.bytes.drop { $0 == 0x0A }) + Array(" and more".utf8)
        #expect(index.files(in: line.span) & 1 << UInt64(place) != 0, "\(mark)")
      }
    }
  }

  @Test(arguments: [
    "", "x", "MemTotal: 1 kB", "CONFIG_SLUB=y", "  12 K total memory", "Mem: 1 2 3",
    "USER PID %CPU", "usb 1-1: new high-speed USB device number 2", "K total memor",
  ]) func `a line has a mark where each file by itself says so`(line: String) {
    let bytes = Array(line.utf8)
    let found = index.files(in: bytes.span)
    for (place, file) in files.enumerated() where file is any ToldByMarks.Type {
      #expect((found & 1 << UInt64(place) != 0) == (file.sign(of: bytes.span) != nil), "\(file)")
    }
  }
}
