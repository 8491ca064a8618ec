"""An upgrade tried on copies of an installation in use: the way back with the version of now, the way on with this one.

Invariant: of the installation in use nothing is written: it is read once, in one snapshot, by the role for backups.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

from schakel.cli.apart import installation_apart
from schakel.cli.backing_up import back_up
from schakel.cli.binaries import binaries
from schakel.cli.command import Exit, Installation
from schakel.cli.connections import address, connect, open_connection
from schakel.cli.contents import first_broken_seal, see_all
from schakel.cli.database import create_database, embedded, note_state
from schakel.cli.postgres import ServerInfo
from schakel.cli.rehearsing.comparing import Figures, compared_figures, compared_tables, figures_in
from schakel.cli.rehearsing.copies import Copy, StepFailedError, Version, Watch, room_for
from schakel.cli.tables import MigrationError, Standing, migrate, migrations_state, standing
from schakel.databases import DATABASE_NAME, DatabaseAddress

_BEFORE = "schakel_before"
_CHECKED = (Exit.DONE, Exit.FINDINGS)
_SIZE = "SELECT pg_database_size(current_database())"
_YEARS = "SELECT DISTINCT period FROM intake_delivery WHERE accepted_at IS NOT NULL ORDER BY 1 DESC"
_CLOSINGS = "SELECT EXISTS (SELECT FROM figures_closing WHERE state = 'made')"


@dataclass
class Rehearsal:
    """What came of it. ``wrong``: why the upgrade should not go on; the rest are seconds of each part."""

    wrong: list[str] = field(default_factory=list)
    backing_up: float = 0.0
    going_back: float = 0.0
    migrating: float = 0.0
    slowest: str = ""
    migrations: int = 0


def rehearse(installation: Installation, old: Version, new: Version, folder: Path, *, years: int) -> Rehearsal:
    """Try the upgrade from ``old`` to ``new`` on copies in ``folder``, telling each step as it is done.

    ``years``: of how many of the newest years figures are compared.

    Raises Refused where there is no room or the installation cannot be read.
    """
    done, watch = Rehearsal(), Watch()
    archive = folder / "now.tar"
    rows = _read(installation, archive, folder)
    done.backing_up = watch.lap()
    _say(f"a backup of what is in use: {rows} rows, {archive.stat().st_size / 1e6:.0f} MB", done.backing_up)
    try:
        before = _way_back(Copy(old, installation_apart(folder / "old", installation)), archive, done, years)
        _way_on(Copy(new, installation_apart(folder / "new", installation)), archive, done, before, years)
    except StepFailedError as error:
        done.wrong.append(str(error))
    return done


def _read(installation: Installation, archive: Path, folder: Path) -> int:
    """Back up what is in use; the embedded server is joined, or started for as long as that takes."""
    if installation.environ.get("DATABASE_URL"):
        return _backed_up(installation, archive, folder, binaries())
    server = embedded(installation)
    with server:
        return _backed_up(installation, archive, folder, server.programs)


def _backed_up(installation: Installation, archive: Path, folder: Path, programs: Path) -> int:
    with connect("backup", installation) as connection:
        row = connection.execute(_SIZE).fetchone()
    room_for(folder, int(str(row[0])) if row else 0)
    return back_up(archive, installation, programs)


@dataclass(frozen=True)
class _Seen:
    """What a version says of a copy: the findings of its check, and its figures."""

    findings: tuple[str, ...]
    figures: Figures


def _way_back(copy: Copy, archive: Path, done: Rehearsal, years: int) -> _Seen:
    """Restore with the version of now, as one would to go back, and look at what it says."""
    watch = Watch()
    copy.schakel("restore", archive)
    done.going_back = watch.lap()
    _say("the way back: that backup restored by the version of now", done.going_back)
    with embedded(copy.of):
        seen = _looked(copy, years)
    _say(f"its figures: {len(seen.figures)}", watch.lap())
    return seen


def _way_on(copy: Copy, archive: Path, done: Rehearsal, before: _Seen, years: int) -> None:
    """Restore with this version, migrate, and hold the outcome to what it was."""
    watch = Watch()
    copy.schakel("restore", archive)
    _say("a copy for this version", watch.lap())
    with embedded(copy.of) as info:
        stands = _migrated(copy, info, done)
        if stands is None:
            return
        done.wrong += _other_tables(copy, stands, watch)
        after = _looked(copy, years)
        done.wrong += [f"`schakel check`: {one}" for one in after.findings if one not in before.findings]
        figures = compared_figures(before.figures, after.figures)
        _tell(figures.told)
        _say(f"figures: {figures.alike} are the same, {len(figures.wrong)} are not", watch.lap())
        done.wrong += figures.wrong
        done.wrong += _closings_and_pages(copy, watch)


def _migrated(copy: Copy, info: ServerInfo, done: Rehearsal) -> Standing | None:
    """Migrate, with the database as it was kept beside it; None where that fails."""
    stands = standing(var=copy.of.var, environ=copy.of.environ)
    if stands.unknown:
        done.wrong.append(stands.told)
        return None
    with info.connect() as connection:
        create_database(connection, _BEFORE, like=DATABASE_NAME)
    watch = Watch()
    try:
        took = migrate(var=copy.of.var, environ=copy.of.environ)
    except MigrationError as error:
        done.wrong.append(str(error))
        return None
    done.migrating = watch.lap()
    done.migrations = len(stands.waiting)
    if took:
        name = max(took, key=lambda one: took[one])
        done.slowest = f"{name}: {took[name]:.1f} s"
    with info.connect() as connection:
        note_state(connection, migrations_state())
    _say(f"migrating: {done.migrations} migrations", done.migrating)
    return stands


def _other_tables(copy: Copy, stands: Standing, watch: Watch) -> list[str]:
    declared = {table for one in stands.waiting for table in one.rewrites}
    place = address("owner", copy.of)
    with open_connection(_named(place, _BEFORE)) as before, open_connection(place) as after:
        broken = first_broken_seal(after)
        for connection in (before, after):
            see_all(connection)
        found = compared_tables(before, after, declared=declared)
    _tell(found.told)
    _say(f"tables: {found.alike} hold what they held", watch.lap())
    wrong = [f"no migration declares this (`rewrites`): {one}" for one in found.wrong]
    return wrong if broken is None else [*wrong, f"the trail is broken from seal {broken} on"]


def _looked(copy: Copy, years: int) -> _Seen:
    """Close the chain over the last lines, check, and count the newest years in which something was accepted."""
    copy.schakel("sealer", "--once")
    checked = copy.schakel("check", "--audit", codes=_CHECKED)
    findings = tuple(line.removeprefix("- ") for line in checked.splitlines() if line.startswith("- "))
    figures: Figures = {}
    for (year,) in _asked(copy, _YEARS)[:years]:
        out = copy.of.var / f"figures-{year}.json"
        copy.schakel("figures", str(year), "--out", out)
        figures |= figures_in(out)
    return _Seen(findings, figures)


def _closings_and_pages(copy: Copy, watch: Watch) -> list[str]:
    wrong = []
    if _asked(copy, _CLOSINGS) == [(True,)]:
        said = copy.schakel("close", "--verify", "all", codes=_CHECKED)
        _say(said.splitlines()[-1], watch.lap())
        wrong += [line for line in said.splitlines() if ": differs" in line]
    copy.django("collectstatic", "--no-input", "--verbosity", "0")
    # Nobody has a second factor here that could be asked for.
    said = copy.django("open_pages", more={"SCHAKEL_SECOND_FACTOR": "0"})
    *failed, told = said.splitlines()
    _say(told, watch.lap())
    return [*wrong, *failed]


def _asked(copy: Copy, question: LiteralString) -> list[tuple[object, ...]]:
    with open_connection(address("owner", copy.of)) as connection:
        return connection.execute(question).fetchall()


def _named(place: DatabaseAddress, name: str) -> DatabaseAddress:
    return DatabaseAddress(place.host, place.port, name, place.user, place.password, place.options)


def _tell(lines: list[str]) -> None:
    for line in lines:
        sys.stdout.write(f"         {line}\n")


def _say(text: str, seconds: float) -> None:
    sys.stdout.write(f"{seconds:6.1f} s {text}\n")
    sys.stdout.flush()
