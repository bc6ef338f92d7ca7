"""One module for each tool; `huginn_workbench.benchmark.tools` says what it has."""
