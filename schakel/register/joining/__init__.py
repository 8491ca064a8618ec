"""The plain first way of joining: rules that a policy officer can read, no learned weights."""

from schakel.register.joining.organisations import compare_organisations, join_organisations

__all__ = ["compare_organisations", "join_organisations"]
