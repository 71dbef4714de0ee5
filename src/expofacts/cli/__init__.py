"""The command line: parse, call, print."""

# The options that print help, of the program and of each command.
HELP_NAMES = {"help_option_names": ["-h", "--help"]}
