"""What users call: analyzers, the fingerprint of one packet, and the summary of a run."""
