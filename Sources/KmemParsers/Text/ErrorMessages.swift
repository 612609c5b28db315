/// Whether a line is the message of a command that could not read the file it was asked for.
func isErrorMessage(_ line: Span<UInt8>) -> Bool {
  line.offset(of: "Permission denied") != nil || line.offset(of: "No such file") != nil
    || line.offset(of: "not permitted") != nil || line.offset(of: "not supported") != nil
}
