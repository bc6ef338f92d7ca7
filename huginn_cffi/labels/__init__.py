"""What a label claims: families and versions, what else fits a packet, how sure a name is, and why."""
