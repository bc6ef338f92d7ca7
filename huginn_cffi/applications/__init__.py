"""What is built on the rest of the package; each tool is imported when it is used."""
