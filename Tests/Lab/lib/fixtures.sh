fixtures_command() { die "not yet"; }
