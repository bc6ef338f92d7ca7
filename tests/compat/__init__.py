"""What the version before wrote, and the names it had: read or refused with the remedy, kept or announced."""
