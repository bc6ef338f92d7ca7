"""The agreed outline of the package: its example runs."""
