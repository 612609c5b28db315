import Foundation
import KmemTestSupport
import Testing

/// The manual that the package brings, made from the built program.
@Suite(.enabled(if: Manual.canBeMade, "python3 isn't here")) struct ManualTests {
  @Test func `every command has a page, in which each of its options and arguments stands`() throws
  {
    let manual = try Manual()
    var options = 0
    for command in manual.commands {
      let page = try manual.page(command.page)
      for spelling in command.spellings {
        #expect(page.contains(spelling), "\(command.page) lacks \(spelling)")
      }
      options += command.spellings.count
    }
    #expect(options > 150)
    #expect(try Set(manual.names(section: 1)).isSuperset(of: manual.commands.map(\.page)))
  }

  @Test func `no page names an option that its command doesn't have`() throws {
    let manual = try Manual()
    for command in manual.commands where command.children.isEmpty {
      let items = try manual.page(command.page).filter { $0.hasPrefix("It Fl ") }
      for name in items.flatMap(Manual.options) {
        #expect(command.spellings.contains(name), "\(command.page) has \(name)")
      }
    }
  }

  @Test func `the exit statuses of a page are those that the command's help names`() throws {
    let manual = try Manual()
    let numbers = Dictionary(
      uniqueKeysWithValues: try manual.commands.map {
        ($0.page, try manual.page($0.page).compactMap { $0.wholeMatch(of: /It ([0-9]+)/)?.1 })
      })
    #expect(numbers["kmemcheck"] == ["0", "1", "2", "64", "65", "66", "69", "74", "77", "130"])
    #expect(numbers["kmemcheck-list"] == ["0", "64", "65", "66", "69", "74", "77", "130"])
    #expect(numbers["kmemcheck-check"] == numbers["kmemcheck"])
    for command in manual.commands where command.help.contains("1 ") {
      let named = command.help.matches(of: /(?:^|, |else )([0-9]+) (?!if )/).map(\.1)
      #expect(Set(numbers[command.page] ?? []).isSuperset(of: named), "\(command.page)")
    }
  }

  @Test func `variables of the environment that the program reads stand in the manual`() throws {
    let pages = try Manual().page("kmemcheck")
    let sources = try TextSearch.matches(
      of: /LiveFacts\.environment\("([A-Z_]+)"\)|environment\["([A-Z_]+)"\]/, inFolder: "Sources")
    #expect(sources.count >= 6)
    for name in sources { #expect(pages.contains("It Ev \(name)"), "\(name)") }
  }

  @Test func `the overview has the words of every verdict`() throws {
    let overview = try Manual().page("kmemcheck", section: 7)
    let words = try TextSearch.matches(
      of: /case \w+ = "([^"]+)"/, inFolder: "Sources/KmemAnalysis/Classification/Conclusion.swift")
    #expect(words.count >= 6)
    for word in words { #expect(overview.contains("It \(word)"), "\(word)") }
  }

  @Test func `pages are the same twice, and have the day that was asked for`() throws {
    let first = try Manual(epoch: 86_400)
    let second = try Manual(epoch: 86_400)
    let names = try first.names(section: 1)
    #expect(names.count > 15)
    for name in names { #expect(try first.page(name) == second.page(name)) }
    #expect(try first.page("kmemcheck").first == "Dd January 2, 1970")
    #expect(try first.page("kmemcheck", section: 7).first == "Dd January 2, 1970")
  }

  @Test func `pages refer only to pages that are there`() throws {
    let manual = try Manual()
    for (name, section) in try manual.all() {
      for line in try manual.page(name, section: section) {
        guard let match = line.firstMatch(of: /^Xr (kmemcheck\S*) ([157])/) else { continue }
        #expect(try manual.names(section: Int(match.2)!).contains(String(match.1)), "\(line)")
      }
    }
  }

  @Test(.enabled(if: Manual.mandoc != nil, "mandoc isn't here"))
  func `mandoc finds nothing to say about any page`() throws {
    let remarks = try Manual().lint().split(separator: "\n").filter {
      // It looks for other programs' pages on this machine.
      !$0.contains("not found: Xr") && !$0.contains("outdated mandoc.db")
    }
    #expect(remarks == [])
  }
}

@Suite struct DocumentationTests {
  @Test func `the index of the docs names every page, and only pages that are there`() throws {
    let docs = Manual.repository.appendingPathComponent("docs")
    let index = try String(contentsOf: docs.appendingPathComponent("README.md"), encoding: .utf8)
    let named = Set(index.matches(of: /\]\(([^)]+)\)/).map { String($0.1) })
    let pages = try FileManager.default.contentsOfDirectory(atPath: docs.path)
    #expect(named == Set(pages).subtracting(["README.md"]))
  }
}
