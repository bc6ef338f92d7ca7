"""The second distribution, huginn-workbench."""
