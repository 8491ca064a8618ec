"""Agencies in a round without names: what they know, what they show of it, and the codes they make of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schakel.intake.delivering import Delivered
from schakel.register.actions import link
from schakel.register.actions.unnamed import begin_round
from schakel.register.keeping import differences
from schakel.register.keyed import RoundKey, encode_records
from schakel.register.keyed.delivering import table_of, write_table
from schakel.register.models import IdentityMember, KeyedRound, Organisation
from schakel.sharing.roles import LINKER, database_role
from tests.intake.delivering import RELATIONS, send
from tests.making import actor_for

from .keyed_lists import listed, register

KEY = RoundKey(bytes(range(100, 132)), "2023-1")
NEXT_KEY = RoundKey(bytes(range(60, 92)), "2024-1")
HEADER = "Nr;Naam;KvK;Postcode;Soort"


@dataclass(frozen=True, slots=True)
class Client:
    """An organisation as an agency has it in its own system."""

    number: str
    name: str
    kvk: str = ""
    postcode: str = ""
    city: str = ""

    def shown(self, *, named: bool) -> str:
        """Its row of the list that is delivered."""
        said = (self.name, self.kvk, self.postcode) if named else ("", "", "")
        return ";".join((self.number, *said, "bedrijf"))

    def said(self) -> dict[str, str]:
        """What is encoded of it."""
        return {"record": self.number, "name": self.name, "kvk": self.kvk, "postcode": self.postcode, "city": self.city}


ZON = Client("R1", "Zonneveld Energie B.V.", "12345678", "4818CL", "Breda")
LOOP = Client("R2", "AgroLoop B.V.", "87654321", "4331AA", "Middelburg")


def as_other(client: Client, number: str, **values: str) -> Client:
    """The same organisation under another agency's number, perhaps told otherwise."""
    return Client(number, **{"name": client.name, "kvk": client.kvk, "postcode": client.postcode} | values)


def begun(key: RoundKey = KEY, period: int = 2023) -> KeyedRound:
    """The secretariat begins the round of ``key``."""
    return begin_round(actor=actor_for("rom-nederland"), period=period, name=key.round, mark=key.check)


def deliver(
    folder: Path,
    slug: str,
    *clients: Client,
    named: bool,
    key: RoundKey | None = KEY,
    period: int = 2023,
    former: bool = False,
) -> Delivered:
    """An agency delivers its list, with names or without, and the codes of it; without ``key`` no codes.

    ``former``: the codes as the first version of the command wrote them.
    """
    folder = folder / f"{slug}-{period}-{key.round if key else ''}"
    folder.mkdir(exist_ok=True)
    rows = [HEADER, *(client.shown(named=named) for client in clients)]
    (folder / "relaties.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    if key is not None:
        index = encode_records(listed(*(client.said() for client in clients), agency=slug), key).index
        table = table_of(index)
        (table.drop("address_code", "slip_codes") if former else table).write_csv(folder / "codes.csv", separator=";")
    return send(slug, folder, period=period, mapping=RELATIONS)


def deliver_register(folder: Path, slug: str, *clients: Client, key: RoundKey = KEY, period: int = 2023) -> Delivered:
    """An agency delivers the trade register in codes."""
    folder = folder / f"register-{period}"
    folder.mkdir()
    said = [{name: value for name, value in client.said().items() if name != "record"} for client in clients]
    write_table(register(*said, key=key), folder / "register.csv")
    return send(slug, folder, period=period, mapping=RELATIONS)


def linked() -> None:
    """A round of joining, after which the tables still follow from the log."""
    with database_role(LINKER):
        link()
        assert differences("organisation") == []


def identity_of(slug: str, number: str, period: int = 2023) -> int:
    """The identity of a record, for the linker's eyes."""
    with database_role(LINKER):
        record = Organisation.objects.get(owner__slug=slug, number=number, period=period)
        member = IdentityMember.objects.select_related("identity").get(thing="organisation", record_id=record.pk)
        return member.identity.redirects_to_id or member.identity_id
