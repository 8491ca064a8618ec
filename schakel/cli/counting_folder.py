"""A folder of deliveries to a set of figures: the whole way through, for one year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from schakel.figures.counting import Extract, extract_of
from schakel.figures.extracting import read_facts
from schakel.intake.actions import confirm_mapping
from schakel.intake.delivering import Delivered, deliver
from schakel.network.actions import load_network
from schakel.network.models import Party
from schakel.network.queries import secretariat
from schakel.register.actions import link
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from schakel.trail.actors import Actor

COMMAND_LINE = "command line"
NETWORK_LISTS = ("market.csv", "register.csv")
Told = Callable[[Party, Delivered], None]


class FolderError(ValueError):
    """The folder does not hold deliveries; the message says what is expected where."""


def count_folder(data: Path, *, year: int, mappings: Path, tell: Told) -> Extract:
    """Deliver ``data``/deliveries/<agency>, and the network's lists in ``data``, join them, and extract the facts.

    ``mappings``: a folder with <agency>.toml and network.toml; an agency without one is read by the
    proposal. ``tell`` is given each delivery when it is done. Raises FolderError, DeliveryRefused.
    """
    load_network(actor=Actor(party=None, process=COMMAND_LINE))
    with database_role(WORKER):
        for party, mapping, paths in _senders(data, mappings):
            tell(party, _deliver(party, year, mapping, paths))
    with database_role(LINKER):
        link()
    with database_role(COUNTER):
        frames, meta = read_facts()
    return extract_of(frames, meta)


def _senders(data: Path, mappings: Path) -> Iterator[tuple[Party, Path, list[Path]]]:
    folders = sorted(path for path in (data / "deliveries").glob("*") if path.is_dir())
    if not folders:
        raise FolderError(f"{data} holds no deliveries: a folder deliveries/<agency> for each agency is expected")
    parties = {party.slug: party for party in Party.objects.all()}
    for folder in folders:
        if folder.name not in parties:
            raise FolderError(f"{folder}: no party is called {folder.name}; known are {', '.join(sorted(parties))}")
        yield parties[folder.name], mappings / f"{folder.name}.toml", [folder]
    lists = [data / name for name in NETWORK_LISTS if (data / name).exists()]
    if lists:
        yield secretariat(), mappings / "network.toml", lists


def _deliver(party: Party, year: int, mapping: Path, paths: list[Path]) -> Delivered:
    actor = Actor(party=party.pk, process=COMMAND_LINE)
    if mapping.exists():
        confirm_mapping(actor=actor, text=mapping.read_text(encoding="utf-8"))
    return deliver(actor=actor, party=party, period=year, paths=paths)
