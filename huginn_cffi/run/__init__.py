"""One run of the core: the engine, its batches of columns, opened signatures, and typed results."""
