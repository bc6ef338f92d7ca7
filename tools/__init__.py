"""Programs for releases, which need compilers and emulators beyond those of the tests."""
