"""The audit log as people read it: whose lines, searched; what was refused; what became of one thing."""
