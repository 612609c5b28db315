import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemAnalysis
@testable import KmemReport

@Suite struct StatusWordsTests {
  private static let file = "/sys/kernel/debug/kmemleak"

  @Test(arguments: files + sources)
  func `evidence is said with the file that shows it`(
    evidence: StatusEvidence, words: String
  ) {
    #expect(evidence.words == words)
  }

  @Test(arguments: seen + missing + disabled)
  func `evidence of kmemleak's state is said`(evidence: KmemleakEvidence, words: String) {
    #expect(StatusEvidence.kmemleak(evidence).words == words)
  }

  private static let files: [(StatusEvidence, String)] = [
    (.file(path: "/proc/slabinfo", FileFact(.read)), "/proc/slabinfo can be read"),
    (.file(path: "/proc/slabinfo", FileFact(.truncated)), "/proc/slabinfo can be read"),
    (.file(path: "/proc/slabinfo", FileFact(.denied)), "/proc/slabinfo: denied"),
    (.file(path: "/proc/slabinfo", FileFact(.denied, reason: "EPERM")), "/proc/slabinfo: EPERM"),
    (.file(path: "/proc/slabinfo", FileFact(.absent)), "/proc/slabinfo doesn't exist"),
    (
      .file(path: "/proc/slabinfo", FileFact(.timedOut)),
      "/proc/slabinfo is there, and took too long to read"
    ),
    (
      .file(path: "/proc/pressure/memory", FileFact(.failed, reason: "Operation not supported")),
      "/proc/pressure/memory can't be read: Operation not supported"
    ),
    (.notRead(path: "/proc/vmallocinfo"), "/proc/vmallocinfo wasn't read"),
    (
      .value(path: "/proc/sys/vm/mem_profiling", "0"), "/proc/sys/vm/mem_profiling: 0"
    ),
    (.value(path: "/proc/cmdline", "slub_nomerge"), "/proc/cmdline: slub_nomerge"),
  ]

  private static let sources: [(StatusEvidence, String)] = [
    (.option(option("PAGE_OWNER", .yes)), "/proc/config.gz: CONFIG_PAGE_OWNER=y"),
    (.option(option("PAGE_OWNER", .module)), "/proc/config.gz: CONFIG_PAGE_OWNER=m"),
    (.option(option("PAGE_OWNER", .no)), "/proc/config.gz: CONFIG_PAGE_OWNER is not set"),
    (.option(option("A", .value("20000"))), "/proc/config.gz: CONFIG_A=20000"),
    (.option(option("A", .unmentioned)), "/proc/config.gz doesn't mention CONFIG_A"),
    (
      .option(OptionFinding(name: "A", setting: .unknown, origin: nil)),
      "the configuration of this kernel isn't known"
    ),
    (.configuration(origin: "my.config"), "my.config is the configuration of this kernel"),
    (.noConfiguration(nil), "no configuration of this kernel was found"),
    (
      .noConfiguration(.file(path: "/proc/config.gz", FileFact(.absent))),
      "/proc/config.gz: absent"
    ),
    (
      .noConfiguration(.otherRelease(path: "/boot/config-5.10.0", wanted: "6.12.41")),
      "/boot/config-5.10.0 is of another release than 6.12.41: it is no answer"
    ),
    (
      .noConfiguration(.notInstalled(release: "6.12.41")),
      "no configuration of 6.12.41 in /boot or /lib/modules"
    ),
    (.notGiven(.pageOwner), "/proc/cmdline has no page_owner=on"),
    (.notGiven(.kmemleak), "/proc/cmdline has no kmemleak=on"),
    (.debugfsMounted(at: "/d"), "/proc/mounts: debugfs at /d"),
    (.debugfsNotMounted, "/proc/mounts has no debugfs"),
    (.debugfsNotListed, "/proc/filesystems doesn't list debugfs"),
    (.user(0, lacks: []), "user id 0"),
    (
      .user(1000, lacks: [.systemAdministration, .systemLog]),
      "user id 1000, without CAP_SYS_ADMIN and CAP_SYSLOG"
    ),
    (.mergedNames(43), "/sys/kernel/slab: 43 names are links to shared caches"),
    (.mergedNames(0), "/sys/kernel/slab: no name is a link to a shared cache"),
  ]

  private static let seen: [(KmemleakEvidence, String)] = [
    (.readable, "\(file) can be read"), (.listsObjects, "it lists objects"),
    (.exists, "\(file) exists"), (.hasModule, "/sys/module/kmemleak exists"),
    (.fileNotRead, "nothing here tells whether it runs, as \(file) wasn't read"),
    (.nothingShows, "nothing that was read shows whether kmemleak is built in"),
    (.threadRuns, "the kernel thread kmemleak runs"),
    (.log("overlaps existing"), "kernel log: overlaps existing"),
    (.threadStarted("started"), "kernel log: started, and no later line that it ended"),
    (
      .notSeenDisabled,
      "built in and not seen to be disabled; only a scan proves that it's alive"
    ),
    (
      .contradicted(option("DEBUG_KMEMLEAK", .no)),
      "/proc/config.gz: CONFIG_DEBUG_KMEMLEAK is not set, so this isn't the configuration of the "
        + "running kernel"
    ),
    (
      .refused("Permission denied", .notRoot), "\(file): Permission denied"
    ),
    (
      .refused(nil, .notRootAndUndecided),
      "\(file): permission denied; that doesn't tell whether kmemleak is built in"
    ),
    (
      .refused("EACCES", .container),
      "\(file): EACCES, although the reader is root: a container or a security module"
    ),
    (.refused(nil, .lockdown), "\(file): EPERM, although the reader is root"),
    (
      .lockdown(.integrity),
      "/sys/kernel/security/lockdown: integrity, which refuses this file to root too"
    ),
  ]

  private static let missing: [(KmemleakEvidence, String)] = [
    (
      .notOffered(option("HAVE_DEBUG_KMEMLEAK", .unmentioned)),
      "/proc/config.gz doesn't mention CONFIG_HAVE_DEBUG_KMEMLEAK, so this architecture may not "
        + "offer kmemleak"
    ),
    (.releaseTooOld("2.6.18"), "kmemleak came with Linux 2.6.31, and this is 2.6.18"),
    (
      .absent(.file),
      "\(file) doesn't exist, which kernels since 4.19 always have if kmemleak is built in"
    ),
    (
      .absent(.fileAgainstConfiguration),
      "\(file) doesn't exist, which kernels since 4.19 always have if kmemleak is built in: the two "
        + "don't fit together"
    ),
    (
      .absent(.fileOfDisabled),
      "\(file) doesn't exist; up to 4.18 it is missing where kmemleak is disabled"
    ),
    (
      .absent(.fileOfDisabledOrNotBuilt),
      "\(file) doesn't exist; up to 4.18 it is missing where kmemleak is disabled, and where it "
        + "isn't built in"
    ),
    (
      .absent(.module),
      "/sys/module/kmemleak doesn't exist, which kernels since 4.20 have if kmemleak is built in"
    ),
  ]

  private static let disabled: [(KmemleakEvidence, String)] = [
    (.commandLineUnknown, "the command line isn't known; it may hold kmemleak=on"),
    (
      .busy("Device or resource busy"),
      "\(file): Device or resource busy, the answer of a kmemleak that is disabled"
    ),
    (.logHoldsNoReason, "the kernel log holds no reason"),
    (.writtenOff, "no reason stands between them, so someone wrote off to \(file)"),
  ]

  private static func option(_ name: String, _ setting: OptionFinding.Setting) -> OptionFinding {
    OptionFinding(name: name, setting: setting, origin: "/proc/config.gz")
  }
}
