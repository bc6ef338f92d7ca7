"""Opens libraries of the running system, each on first use; the package ships none."""
