"""The verbs of the register: link (over everybody's records), load, know, and what people say of what is doubtful."""

from schakel.register.actions.foreseeing import foresee
from schakel.register.actions.knowing import know
from schakel.register.actions.linking import LINKER, Linked, anything_to_link, link, link_if_needed
from schakel.register.actions.loading import load_register

__all__ = ["LINKER", "Linked", "anything_to_link", "foresee", "know", "link", "link_if_needed", "load_register"]
