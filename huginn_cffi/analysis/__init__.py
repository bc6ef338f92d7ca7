"""The entry points for users: analyzers, the fingerprint of one packet, and the summary of a run."""
