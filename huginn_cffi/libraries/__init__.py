"""Libraries of the running system, each opened when it is first needed; the package ships none."""
