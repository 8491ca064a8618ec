"""The verbs of the register: link, by the linker over everybody's records, and what people say of what is doubtful."""

from schakel.register.actions.linking import LINKER, Linked, anything_to_link, link, link_if_needed

__all__ = ["LINKER", "Linked", "anything_to_link", "link", "link_if_needed"]
