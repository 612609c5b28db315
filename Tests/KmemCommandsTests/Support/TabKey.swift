import Foundation
import KmemTestSupport

/// A shell at a terminal of its own that has loaded the completion: and what Tab shows there.
struct TabKey {
  enum Shell: String, CaseIterable {
    case zsh, fish

    var path: String { "/usr/bin/\(rawValue)" }
    /// Whether it and the driver's interpreter are here.
    var canRun: Bool {
      [path, "/usr/bin/python3"].allSatisfy(FileManager.default.isExecutableFile)
    }

    /// How it is started, and the line that makes it ready: it says `loaded`, in two parts so that
    /// the typed line itself doesn't.
    fileprivate func start(script: String) -> [String] {
      switch self {
      case .zsh:
        [
          "zsh -f -i",
          "fpath=(\((script as NSString).deletingLastPathComponent) $fpath); autoload -U compinit; "
            + "compinit -u -D; LISTMAX=9999; print lo''aded",
        ]
      case .fish: ["fish --no-config -i", "source \(script); echo lo''aded"]
      }
    }
  }

  let shell: Shell
  let program: Program

  init(_ shell: Shell) throws {
    self.shell = shell
    program = try Program()
    let script = try program.run(
      "--generate-completion-script", shell.rawValue, user: .whoeverTests)
    try program.home.write("completion/_kmemcheck", Array(script.output.utf8))
  }

  /// The words that Tab doesn't show after what was typed, within 30 s; with what the terminal had.
  func missing(_ words: [String], after typed: String) throws -> String {
    let start = shell.start(script: "\(program.home.path)/completion/_kmemcheck")
    return try program.said(
      by: "/usr/bin/python3", ["-c", Self.driver] + start + [typed] + words)
  }

  private static let driver = """
    import fcntl, os, pty, select, signal, struct, sys, termios, time
    start, ready, typed, *words = sys.argv[1:]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(start.split()[0], start.split())
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
    def missing(words, seconds):
        said, end = b"", time.monotonic() + seconds
        while time.monotonic() < end:
            rest = [word for word in words if word.encode() not in said]
            if not rest:
                return ""
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    said += os.read(terminal, 65536)
                except OSError:
                    break
        return f"{rest} in {said!r}"
    os.write(terminal, ready.encode() + b"\\n")
    result = missing(["loaded"], 60)
    if not result:
        os.write(terminal, typed.encode() + b"\\t")
        result = missing(words, 30)
    os.kill(pid, signal.SIGKILL)
    print(result, end="")
    """
}

extension Program {
  /// What a shell, or what drives one, prints in the program's home, where it finds the program by name.
  func said(by path: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    // As the user whose store it is: root takes no captures from a home of somebody else's.
    let command =
      Self.command(as: Self.canDropPrivileges ? .nobody : .whoeverTests) + [path] + arguments
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: home.path)
    process.environment = [
      "PATH": "\((Program.executable as NSString).deletingLastPathComponent):/usr/bin:/bin",
      "HOME": home.path, "XDG_STATE_HOME": "\(home.path)/state", "TERM": "xterm",
      "LC_ALL": "C.UTF-8",
    ]
    process.standardOutput = pipe
    try process.run()
    let said = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }
}
