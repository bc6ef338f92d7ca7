"""The programs in ``examples/`` are run, so that they stay true."""
