import KmemCommands

KmemcheckCommand.run()
