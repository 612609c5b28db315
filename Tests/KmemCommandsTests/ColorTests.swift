import KmemTestSupport
import Testing

/// `--color` decides first, then NO_COLOR, then CLICOLOR_FORCE, then whether it's a terminal.
@Suite struct ColorTests {
  struct Case: Sendable {
    let option: String
    let environment: [String: String]
    let isColored: Bool
  }

  @Test(arguments: [
    Case(option: "auto", environment: [:], isColored: false),
    Case(option: "auto", environment: ["CLICOLOR_FORCE": "1"], isColored: true),
    Case(option: "auto", environment: ["CLICOLOR_FORCE": "0"], isColored: false),
    Case(
      option: "auto", environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], isColored: false),
    Case(option: "auto", environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": ""], isColored: true),
    Case(option: "always", environment: ["NO_COLOR": "1"], isColored: true),
    Case(option: "always", environment: ["TERM": "dumb"], isColored: true),
    Case(option: "never", environment: ["CLICOLOR_FORCE": "1"], isColored: false),
  ]) func `the first that decides`(example: Case) throws {
    let result = try Program().run(
      "show", Fixture.path("synthetic/6.1-numa-17-orders"), "--color", example.option,
      environment: example.environment, user: .whoeverTests)
    #expect(result.status == 0)
    #expect(result.output.utf8.contains(0x1B) == example.isColored, "\(example)")
  }

  @Test(arguments: ["show", "status"]) func `JSON is never coloured`(verb: String) throws {
    let result = try Program().run(
      verb, "--root", Fixture.path("synthetic/6.12-allocinfo-after"), "--json", "--color",
      "always", user: .whoeverTests)
    #expect(result.output.hasPrefix("{"))
    #expect(!result.output.utf8.contains(0x1B))
  }
}
