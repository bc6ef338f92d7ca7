"""Where results go: standard output and files, written at once or for months."""
