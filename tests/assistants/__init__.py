"""``huginn mcp``: answers for assistants."""
