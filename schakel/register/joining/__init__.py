"""The plain first way of joining: rules that a policy officer can read, no learned weights."""

from schakel.register.joining.organisations import join_organisations

__all__ = ["join_organisations"]
