"""The command line: help, errors, completion, colours, progress, what is read."""
