import KmemParsers
import KmemSnapshot

@testable import KmemAnalysis

/// Facts as a live kernel with debugfs shows them to root, for tests to change.
func facts(
  _ release: String? = "6.12.41+deb13-amd64", config options: String? = nil,
  origin: String = "/proc/config.gz", commandLine: String? = "ro quiet", userID: Int? = 0,
  _ change: (inout KernelFacts) -> Void = { _ in }
) -> KernelFacts {
  var facts = KernelFacts(release: release)
  facts.config =
    options.flatMap(config).map { .found($0, origin: origin) }
    ?? .missing([noConfigFile])
  facts.commandLine = commandLine.flatMap(parsedCommandLine)
  facts.mounts = mounts(debugfs: true)
  facts.lockdown = Lockdown.none
  facts.userID = userID
  change(&facts)
  return facts
}

/// The reason that `facts` give for a missing configuration.
let noConfigFile = ConfigAbsence.file(path: "/proc/config.gz", FileFact(.absent))

/// What `/proc/config.gz` says of an option.
func finding(_ name: String, _ setting: OptionFinding.Setting) -> OptionFinding {
  OptionFinding(name: name, setting: setting, origin: "/proc/config.gz")
}

extension StatusEvidence {
  static func configLine(_ name: String, _ setting: OptionFinding.Setting) -> Self {
    .option(finding(name, setting))
  }

  static func commandLine(_ parameter: String) -> Self {
    .value(path: "/proc/cmdline", parameter)
  }
}

/// The remedy that an option be built in that the menus have at that place.
func enabling(
  _ option: Remedy.Option, by means: Remedy.Means = .alone, _ menus: String...
) -> Remedy {
  let menu = MenuPath(menus: menus.dropLast(), prompt: menus.last ?? "")
  return .rebuild(.enable(option, .menu(menu), by: means))
}

/// A kernel with kmemleak built in, as root sees it.
func builtIn(
  _ release: String = "6.12.41", commandLine: String? = "ro quiet", and options: String = "",
  userID: Int? = 0, _ change: (inout KernelFacts) -> Void = { _ in }
) -> KernelFacts {
  facts(
    release, config: "CONFIG_DEBUG_KMEMLEAK=y\nCONFIG_DEBUG_FS=y\n\(options)\n",
    commandLine: commandLine, userID: userID, change)
}

func config(_ text: String) -> KernelConfig? {
  let bytes = Array(text.utf8)
  return try? KernelConfig(parsing: bytes.span)
}

func parsedCommandLine(_ text: String) -> KernelCommandLine? {
  let bytes = Array(text.utf8)
  return try? KernelCommandLine(parsing: bytes.span)
}

func mounts(debugfs: Bool) -> Mounts? {
  let debug = debugfs ? "debugfs /sys/kernel/debug debugfs rw,nosuid 0 0\n" : ""
  let bytes = Array("proc /proc proc rw 0 0\n\(debug)".utf8)
  return try? Mounts(parsing: bytes.span)
}

extension KmemleakLog {
  static let initialized =
    "kmemleak: Kernel memory leak detector initialized (mem pool available: 15679)"
  static let disabled = "kmemleak: Kernel memory leak detector disabled"
}
