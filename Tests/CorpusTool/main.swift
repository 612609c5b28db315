import FoundationEssentials
import Glibc

// Parses every captured kernel file below a directory, and prints a table and what was refused.

let arguments = CommandLine.arguments.dropFirst()
guard let directory = arguments.first(where: { !$0.hasPrefix("-") }) else {
  print("usage: corpus [--verbose] DIRECTORY")
  exit(64)
}
do {
  var survey = Survey(directory: directory, isVerbose: arguments.contains("--verbose"))
  try survey.run()
  survey.report()
} catch {
  print("\(directory) can't be read: \(error)")
  exit(66)
}
