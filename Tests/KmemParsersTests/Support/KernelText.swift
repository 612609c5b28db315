import Testing

@testable import KmemParsers

/// What all parsers of kernel files have in common, so that the same damage is done to all.
protocol KernelText: Hashable, Sendable {
  init(parsing text: Span<UInt8>) throws(ParseError)
  var remarks: [Remark] { get }
}

extension KernelText {
  init(_ text: String) throws(ParseError) {
    let bytes = Array(text.utf8)
    try self.init(parsing: bytes.span)
  }

  init(_ bytes: [UInt8]) throws(ParseError) { try self.init(parsing: bytes.span) }

  /// The remarks' texts, each with its line.
  var notes: [String] { remarks.map { "\($0.line): \($0.reason)" } }
}

extension Slabinfo: KernelText {}
extension Vmallocinfo: KernelText {}
extension Allocinfo: KernelText {}
extension Modules: KernelText {}
extension KernelConfig: KernelText {}
extension SlabAliases: KernelText {}
extension KernelCommandLine: KernelText {}
extension KernelVersion: KernelText {}
extension Mounts: KernelText {}
extension KernelNumbers: KernelText {}
extension Sockstat: KernelText {}
extension Arcstats: KernelText {}
extension ProcStatus: KernelText {}
extension AllocTraces: KernelText {}
extension PageOwnerStacks: KernelText {}
extension PageOwner: KernelText {}
extension Smaps: KernelText {}
extension ProcStat: KernelText {}
extension MemoryStat: KernelText {}
extension CgroupStat: KernelText {}
extension Slabtop: KernelText {}
extension SlabTable: KernelText {}
extension Free: KernelText {}
extension VmstatSums: KernelText {}
extension Numastat: KernelText {}
extension SmemSystem: KernelText {}
extension Smem: KernelText {}
extension Top: KernelText {}
extension Ps: KernelText {}
extension Pmap: KernelText {}
extension SmapsText: KernelText {}
extension DockerStats: KernelText {}
extension KubectlTop: KernelText {}
extension Xsos: KernelText {}

/// One parser with a text it reads whole.
struct Specimen: CustomTestStringConvertible, Sendable {
  let parser: any KernelText.Type
  let text: String

  var testDescription: String { "\(parser)" }

  static let all: [Specimen] = [
    Specimen(parser: Slabinfo.self, text: slabinfoOfSlub),
    Specimen(parser: Slabinfo.self, text: slabinfoOfSlabWithStatistics),
    Specimen(parser: Vmallocinfo.self, text: vmallocinfoOf6),
    Specimen(parser: Allocinfo.self, text: allocinfo2),
    Specimen(parser: Modules.self, text: modulesOf6),
    Specimen(parser: KernelConfig.self, text: configOf6),
    Specimen(parser: SlabAliases.self, text: slabListing),
    Specimen(
      parser: KernelCommandLine.self, text: "root=/dev/sda1 quiet slub_debug=FZPU \"a b\"\n"),
    Specimen(parser: KernelVersion.self, text: "Linux version 6.1.0-13-amd64 (a@b) #1 SMP\n"),
    Specimen(parser: Mounts.self, text: mountsOfHost),
    Specimen(parser: KernelNumbers.self, text: "1088\t0\t9223372036854775807\n"),
    Specimen(parser: Sockstat.self, text: sockstatOf6),
    Specimen(parser: Arcstats.self, text: arcstatsOf2),
    Specimen(parser: ProcStatus.self, text: statusOf6),
    Specimen(parser: AllocTraces.self, text: allocTracesOf6),
    Specimen(parser: PageOwnerStacks.self, text: pageOwnerStacksOf6),
    Specimen(parser: PageOwner.self, text: pageOwnerOf6),
    Specimen(parser: Smaps.self, text: smapsOf6),
    Specimen(parser: Smaps.self, text: rollupOf6),
    Specimen(parser: ProcStat.self, text: statOfProcess),
    Specimen(parser: MemoryStat.self, text: memoryStatOf2),
    Specimen(parser: Slabtop.self, text: slabtopOf4),
    Specimen(
      parser: SlabTable.self, text: "name,active_objs,num_objs,objsize\nkmalloc-64,88,89,64\n"),
    Specimen(parser: Free.self, text: freeOf4), Specimen(parser: Free.self, text: freeOf3),
    Specimen(parser: VmstatSums.self, text: vmstatSumsOf4),
    Specimen(parser: Numastat.self, text: numastatOf2),
    Specimen(parser: SmemSystem.self, text: smemSystemOf1),
    Specimen(parser: Smem.self, text: smemOf1), Specimen(parser: Top.self, text: topOf4),
    Specimen(parser: Ps.self, text: psOfAll),
    Specimen(parser: Pmap.self, text: pmapOf4),
    Specimen(parser: SmapsText.self, text: smapsPasted),
    Specimen(parser: DockerStats.self, text: dockerStatsOf20),
    Specimen(parser: KubectlTop.self, text: kubectlTopOf1),
    Specimen(parser: Xsos.self, text: xsosOf0),
    Specimen(parser: PageOwner.self, text: pageOwnerSorted),
    Specimen(parser: CgroupStat.self, text: "nr_descendants 4\nnr_dying_descendants 0\n"),
  ]
}
