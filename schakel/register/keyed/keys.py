"""The key of a round: made, kept, read, and what is derived from it.

Invariant: from one secret no two fields and no two rounds share a code. Each field of each round has
a key of its own, derived with HMAC-SHA256 (RFC 2104; the pseudo-random function of RFC 5869), and a
code is HMAC-SHA256 of the value under it, cut to 128 bits.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from schakel.register.keyed.refusing import refused

SECRET_BYTES = 32  # what `new_key` makes, and the least that is taken
CODE_BYTES = 16
_FEWEST_DIFFERENT = 16  # of 32 random bytes about 30 differ; fewer than 16 happens to nobody
_LONGEST_ROUND = 60
_PURPOSE = b"schakel keyed 1"


@dataclass(frozen=True, slots=True)
class RoundKey:
    """A secret used for one round. Its printed form hides the secret."""

    secret: bytes
    round: str

    def __repr__(self) -> str:
        return f"RoundKey(round={self.round!r})"

    def of_field(self, field: str) -> bytes:
        """The 32 bytes of the key of ``field`` in this round; lengths stand before texts, so that none run together."""
        parts = (_PURPOSE, self.round.encode(), field.encode())
        return hmac.digest(self.secret, b"".join(len(part).to_bytes(2, "big") + part for part in parts), "sha256")

    def codes(self, field: str, values: Iterable[str | None]) -> list[bytes | None]:
        """A code of `CODE_BYTES` for each of ``values``; null stays null."""
        key = self.of_field(field)
        made: dict[str, bytes] = {}
        return [None if value is None else _code(key, value, made) for value in values]

    @property
    def check(self) -> str:
        """By what indexes of one key and round know each other, as hexadecimal text; it tells nothing of the key."""
        return hmac.digest(self.of_field("check"), b"", "sha256")[:CODE_BYTES].hex()


def _code(key: bytes, value: str, made: dict[str, bytes]) -> bytes:
    if value not in made:
        made[value] = hmac.digest(key, value.encode(), "sha256")[:CODE_BYTES]
    return made[value]


def new_key(path: Path) -> None:
    """Write a new random key to ``path``, readable by its owner only. Raises KeyedRefused where a file is there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise refused(
            "{path} bestaat al; een sleutel wordt nooit overschreven. Kies een andere naam.",
            "{path} is there already; a key is never overwritten. Choose another name.",
            path=path,
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        os.fchmod(handle, 0o600)  # whatever the umask
        file.write(secrets.token_hex(SECRET_BYTES) + "\n")


def read_key(path: Path, round_: str) -> RoundKey:
    """The key in ``path`` for ``round_``.

    Raises KeyedRefused where others may read the file, or it holds no key, or one that is too short or
    not random; and where the round has no usable name. Raises OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        text = file.read(4096).strip()
    if mode & 0o077:
        raise refused(
            "Anderen kunnen {path} lezen (rechten {mode:03o}). Geef alleen uzelf toegang: chmod 600 {path}. Kan iemand "
            "de sleutel gezien hebben, maak dan een nieuwe.",
            "Others can read {path} (mode {mode:03o}). Give only yourself access: chmod 600 {path}. If somebody may "
            "have seen the key, make a new one.",
            path=path,
            mode=mode,
        )
    return RoundKey(_secret(text, path), _named(round_))


def _secret(text: bytes, path: Path) -> bytes:
    try:
        secret = bytes.fromhex(text.decode("ascii"))
    except ValueError:
        raise refused(
            "{path} bevat geen sleutel: verwacht zijn {digits} hexadecimale tekens, zoals `schakel encode --new-key` "
            "ze schrijft. Een wachtwoord is geen sleutel.",
            "{path} holds no key: it should be {digits} hexadecimal digits, as `schakel encode --new-key` writes "
            "them. A password is not a key.",
            path=path,
            digits=2 * SECRET_BYTES,
        ) from None
    if len(secret) < SECRET_BYTES or len(set(secret)) < _FEWEST_DIFFERENT:
        raise refused(
            "De sleutel in {path} is te kort of niet willekeurig. Maak er een met `schakel encode --new-key`.",
            "The key in {path} is too short or not random. Make one with `schakel encode --new-key`.",
            path=path,
        )
    return secret


def _named(round_: str) -> str:
    name = round_.strip()
    if not name or len(name) > _LONGEST_ROUND or not name.isprintable():
        raise refused(
            "Geef de ronde een naam van ten hoogste {most} tekens die alle bureaus gebruiken, zoals 2024-1.",
            "Give the round a name of at most {most} characters that all agencies use, such as 2024-1.",
            most=_LONGEST_ROUND,
        )
    return name
