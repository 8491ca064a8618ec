"""OpenID Connect: organisations that sign in their own people, each by a server of its own.

Invariants: a provider signs in nobody whom the network does not know already, and nobody but people who hold a role at
its own party: of its own domains, or with the claim that it must give. Nothing that it says is kept.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from schakel.network.models import Person

log = logging.getLogger(__name__)
_NEEDED = ("id", "name", "server", "client", "secret_file", "party")
_KNOWN = {*_NEEDED, "domains", "verified", "claim", "values"}
_LOCAL = {"localhost", "127.0.0.1", "::1"}


class ProviderError(ValueError):
    """The file of providers says something that does not work; the message says which provider, and what."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A server that signs in people of ``party`` (a slug).

    ``domains``: of the e-mail addresses that it may sign in, in lower case; empty where ``claim`` with one of
    ``values`` says that somebody is of the organisation. ``verified``: the organisation itself gives out these
    addresses, so that they need no word for that.
    """

    id: str
    name: str
    server: str
    client: str
    secret_file: Path
    party: str
    domains: frozenset[str] = frozenset()
    verified: bool = False
    claim: str = ""
    values: frozenset[str] = frozenset()

    @property
    def secret(self) -> str:
        """What it knows us by. Raises OSError."""
        return self.secret_file.read_text(encoding="utf-8").strip()

    def person(self, claims: Mapping[str, Any]) -> Person | None:
        """Whom these claims sign in; None for anybody whom this provider may not, or the network does not know."""
        address = str(claims.get("email") or "").strip().lower()
        if not (self._is_verified(claims) and self._is_own(address) and self._has_claim(claims)):
            return None
        known = Person.objects.filter(email__iexact=address, is_active=True, roles__party__slug=self.party).distinct()
        return next((person for person in known if person.email.lower() == address), None)

    def _is_verified(self, claims: Mapping[str, Any]) -> bool:
        said = claims.get("email_verified")
        return said in {True, "true"} or (said is None and self.verified)

    def _is_own(self, address: str) -> bool:
        name, at, domain = address.rpartition("@")
        return bool(name and at) and (not self.domains or domain in self.domains)

    def _has_claim(self, claims: Mapping[str, Any]) -> bool:
        if not self.claim:
            return True
        said = claims.get(self.claim)
        return bool(self.values & set(map(str, said if isinstance(said, list) else [said])))


def declared(path: Path) -> list[Provider]:
    """The providers of a TOML file, in its order; none where there is no file. Raises ProviderError."""
    if not path.exists():
        return []
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8")).get("provider", [])
    except tomllib.TOMLDecodeError as error:
        raise ProviderError(f"{path}: {error}") from error
    providers = [_read(one, f"{path}, provider {number}") for number, one in enumerate(said, start=1)]
    if len({provider.id for provider in providers}) < len(providers):
        raise ProviderError(f"{path}: two providers have the same id")
    return providers


def known() -> list[Provider]:
    """The providers of this installation; none where their file does not work, so that passwords go on working."""
    try:
        return declared(settings.PROVIDERS)
    except (ProviderError, OSError) as error:
        log.error("nobody can sign in by OpenID Connect: %s", error)
        return []


def _read(said: Mapping[str, Any], place: str) -> Provider:
    if missing := [name for name in _NEEDED if not said.get(name)]:
        raise ProviderError(f"{place}: {', '.join(missing)} is missing")
    if strange := sorted(set(said) - _KNOWN):
        raise ProviderError(f"{place}: {', '.join(strange)} is not known here")
    provider = Provider(
        **{name: str(said[name]) for name in ("id", "name", "client", "party")},
        server=str(said["server"]).rstrip("/"),
        secret_file=Path(said["secret_file"]),
        domains=frozenset(str(domain).strip().lower() for domain in said.get("domains", ())),
        verified=said.get("verified") is True,
        claim=str(said.get("claim", "")),
        values=frozenset(map(str, said.get("values", ()))),
    )
    if not provider.domains and not provider.claim:
        raise ProviderError(f"{place}: say which domains it may sign in, or which claim with which values")
    if bool(provider.claim) != bool(provider.values):
        raise ProviderError(f"{place}: a claim goes with the values that it may have")
    if provider.verified and not provider.domains:
        raise ProviderError(f"{place}: addresses are taken for verified only within domains")
    if not safe(provider.server):
        raise ProviderError(f"{place}: the server must be reached by https")
    return provider


def safe(address: str) -> bool:
    """Whether nobody can listen in on what goes there: by https, or within this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
