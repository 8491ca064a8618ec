"""Deliveries without names: an agency encodes what it has with a key, and the counting side links codes with codes.

The counting side never holds the key. `docs/agencies/keyed.md` says what this protects against and what not.
"""

from schakel.register.keyed.encoding import encode_records, encode_register
from schakel.register.keyed.index import Index
from schakel.register.keyed.keys import RoundKey, new_key, read_key
from schakel.register.keyed.linking import link_indexes
from schakel.register.keyed.refusing import KeyedRefused

__all__ = [
    "Index",
    "KeyedRefused",
    "RoundKey",
    "encode_records",
    "encode_register",
    "link_indexes",
    "new_key",
    "read_key",
]
