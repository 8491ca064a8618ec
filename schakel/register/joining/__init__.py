"""Joining what agencies do together: rules that a policy officer can read, no learned weights."""
