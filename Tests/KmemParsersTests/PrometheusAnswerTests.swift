import KmemParsers
import Testing

/// What servers answer, as it should be and as it shouldn't.
@Suite struct PrometheusAnswerTests {
  private func answer(_ text: String) -> PrometheusAnswer? { PrometheusAnswer(Array(text.utf8)) }

  @Test func `a matrix has labels, times and values`() throws {
    let text = """
      {"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"up",\
      "name":"a\\"b\\\\c\\n\\u00e4\\ud83d\\ude00"},"values":[[1435781430.781,"1"],[1435781445,"+Inf"]]}]},\
      "warnings":["one store is gone"]}
      """
    let found = try #require(answer(text))
    let series = try #require(found.series.first)
    #expect(series.labels == ["__name__": "up", "name": "a\"b\\c\nä😀"])
    #expect(series.times == [1_435_781_430.781, 1_435_781_445])
    #expect(series.values == [1, .infinity])
    #expect(found.warnings == ["one store is gone"])
    #expect(found.error == nil)
  }

  @Test func `a vector has one value each, and an error is told`() {
    let vector = answer(
      #"{"data":{"result":[{"value":[1,"NaN"],"metric":{}}],"x":[{}, null]},"status":"success"}"#)
    #expect(vector?.series.first?.values.first?.isNaN == true)
    let error = answer(#"{"status":"error","errorType":"bad_data","error":"parse error"}"#)
    #expect(error?.error == "parse error")
  }

  @Test(arguments: [
    "", "{", "<html>", "[]", "{}", "null", #"{"status":"success""#, #"{"status":"#,
    #"{"status":"\"#,
    #"{"status":"s","data":{"result":[{"values":[[1,"x"]]}]}}"#, #"{"status":"\u12"}"#,
  ])
  func `what is no answer is none`(text: String) { #expect(answer(text) == nil) }

  @Test func `what is nested a thousand times is refused`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(answer(#"{"status":"s","x":"# + deep) == nil)
  }
}
