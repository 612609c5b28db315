import Foundation
import KmemTestSupport
import Testing

/// What bash offers for a word, by the completion that the program generates.
@Suite(.enabled(if: BashCompletion.canRun, "bash isn't here")) struct CompletionTests {
  @Test func `labels, moments and files complete where a snapshot is taken`() throws {
    let bash = try BashCompletion()
    let snapped = try bash.program.run("snap", "--no-processes", "--label", "before-update")
    #expect(snapped.status == 0)
    try bash.program.home.write("bundle.tar.gz", [0])
    let offered = try bash.offers("kmemcheck", "diff", "")
    #expect(offered.contains("before-update"))
    #expect(offered.contains("@last"))
    #expect(offered.contains("now"))
    #expect(offered.contains("bundle.tar.gz"))
    #expect(try bash.offers("kmemcheck", "show", "bef") == ["before-update"])
    #expect(try bash.offers("kmemcheck", "show", "bun") == ["bundle.tar.gz"])
  }

  @Test func `ids of processes complete for maps`() throws {
    let offered = try BashCompletion().offers("kmemcheck", "maps", "")
    #expect(offered.contains("\(ProcessInfo.processInfo.processIdentifier)"))
    #expect(offered.allSatisfy { $0.allSatisfy(\.isNumber) })
  }

  @Test func `kmemleak's commands complete`() throws {
    let offered = try BashCompletion().offers("kmemcheck", "kmemleak", "")
    #expect(offered.contains("scan=off"))
    #expect(offered.contains("dump"))
  }

  @Test func `files complete for options that take them, and for all that a report takes`() throws {
    let bash = try BashCompletion()
    try bash.program.home.write("bundle.tar.gz", [0])
    for words in [
      ["report", ""], ["report", "-o", ""], ["report", "--root", ""], ["watch", "--replay", ""],
      ["watch", "--chart", ""], ["fleet", ""], ["metrics", ""], ["leaks", "--baseline", ""],
      ["snap", "-o", ""], ["top", "processes", "--chart", ""], ["trace", "-o", ""],
    ] {
      let offered = try bash.offers(["kmemcheck"] + words)
      #expect(offered.contains("bundle.tar.gz"), "\(words): \(offered)")
    }
  }

  @Test func `programs complete after two dashes`() throws {
    #expect(try BashCompletion().offers("kmemcheck", "check", "--", "bas").contains("bash"))
  }
}

/// What zsh and fish show for Tab, at a terminal.
@Suite struct TabKeyTests {
  @Test(arguments: TabKey.Shell.allCases.filter(\.canRun))
  func `labels, moments and files complete where a snapshot is taken`(shell: TabKey.Shell) throws {
    let key = try TabKey(shell)
    _ = try key.program.run(
      "snap", "--no-processes", "--label", "before-update")
    try key.program.home.write("bundle.tar.gz", [0])
    #expect(
      try key.missing(
        ["now", "@last", "before-update", "bundle.tar.gz"], after: "kmemcheck diff ") == "")
    #expect(try key.missing(["before-update"], after: "kmemcheck show bef") == "")
  }

  @Test(arguments: TabKey.Shell.allCases.filter(\.canRun))
  func `commands of kmemleak, programs behind two dashes, and verbs complete`(
    shell: TabKey.Shell
  ) throws {
    let key = try TabKey(shell)
    #expect(try key.missing(["scan=off", "dump"], after: "kmemcheck kmemleak ") == "")
    #expect(try key.missing(["base64", "bash"], after: "kmemcheck check -- bas") == "")
    let own = "\(ProcessInfo.processInfo.processIdentifier)"
    #expect(try key.missing([own], after: "kmemcheck maps \(own.dropLast())") == "")
    #expect(try key.missing(["status"], after: "kmemcheck stat") == "")
  }

  @Test(.enabled(if: !TabKey.Shell.allCases.allSatisfy(\.canRun)))
  func `a shell that isn't here is said`() {
    let missing = TabKey.Shell.allCases.filter { !$0.canRun }.map(\.rawValue)
    print(
      "Tab isn't pressed in \(missing.joined(separator: " and ")): not installed, or no python3")
  }
}

/// A bash that has loaded the completion, in a folder of its own.
struct BashCompletion {
  static let canRun = FileManager.default.isExecutableFile(atPath: "/bin/bash")

  let program: Program

  init() throws { program = try Program() }

  /// What is offered for the last of the words.
  func offers(_ words: String...) throws -> [String] { try offers(words) }

  /// The same, of words in a list.
  func offers(_ words: [String]) throws -> [String] {
    let script = """
      source <(kmemcheck --generate-completion-script bash)
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE}
      _kmemcheck kmemcheck "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    return try program.said(by: "/bin/bash", ["--norc", "-c", script, "bash"] + words)
      .split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
