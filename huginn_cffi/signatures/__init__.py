"""The signatures of an open database, as all that names something reads them."""
