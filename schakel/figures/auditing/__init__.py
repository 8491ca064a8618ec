"""For an auditor: what may be asked under a mandate, samples by seed, their evidence, and conclusions."""
