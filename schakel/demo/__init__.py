"""The demonstration network: invented, lifelike, and true figures to hold a count against."""

from schakel.demo.generator import mapping_path, write_network
from schakel.demo.truth import Truth

__all__ = ["Truth", "mapping_path", "write_network"]
