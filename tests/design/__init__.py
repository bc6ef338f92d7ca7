"""The agreed outline of the package: its example runs, and its names are documented."""
