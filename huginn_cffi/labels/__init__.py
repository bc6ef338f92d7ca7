"""What a label claims: families and versions, how sure a name is, and why."""
