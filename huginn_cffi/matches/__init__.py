"""What a match claims: families and versions, what else fits, how sure the name is, and why."""
