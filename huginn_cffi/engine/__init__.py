"""The C core's engine: a run of it, its requirements on packets, and its counters."""
