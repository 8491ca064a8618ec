"""The audit log: whose lines, searched; what was refused and what left; what became of one thing."""
