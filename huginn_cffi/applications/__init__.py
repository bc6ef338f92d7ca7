"""Tools built on the rest of the package. Each tool is imported only when it is used."""
