"""Programs for development: build steps, benchmarks, fuzzing, measuring real systems, releases."""
