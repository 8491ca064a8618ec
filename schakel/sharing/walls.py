"""The walls as they stand: each table of the database with its policies and what processes of people may do with it.

Read from the database itself, so that the page in `docs/` says what is enforced and not what was meant.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from schakel.sharing.roles import WEB

# What a policy of this name lets through, or holds back ("never"), wherever it stands.
MEANS = {
    "own": "The acting party reads its own rows and, unless another policy says who writes, writes them.",
    "migrates": "The owner of the database, for migrations and an administrator's commands.",
    "sees_all": "Linker, counter and backup read all rows; they show them to nobody.",
    "joins": "The linker writes what joining decides.",
    "keeps": "The secretariat keeps the rows of all; keys of what is known the worker does, for the acting party.",
    "keeps_for_all": "The worker keeps what is nobody's: the trade register's keys.",
    "for_all": "Who acts for a party reads what is nobody's.",
    "published": "Every party reads all rows: they are published facts.",
    "chosen": "Other parties read what its owner chose to share, or what is published by now.",
    "reads": "Parties of a kind that the migration names read all rows, and write none.",
    "audited": "An auditor's office reads the rows of whoever gave it a mandate that stands, of the years it names.",
    "audited_concerned": "An auditor's office reads what others did with what is of whoever gave it a mandate.",
    "concerned": "The party whose records or people a line is about reads it too.",
    "of_its_people": "From where somebody signed in is kept for the parties that they act for.",
    "of_the_network": "The secretariat reads what no party and nobody in person did: joining, loading, refused keys.",
    "audited_network": "An auditor's office with the secretariat's mandate reads what joining and loading did.",
    "no_auditor": "Never: an auditor's office adds a row.",
    "audits": "An auditor's office reads the mandates that it was given.",
    "to_auditors": "Never: a mandate for who is no auditor's office.",
    "sends": "A party puts a row there for its owner.",
    "sent": "A party reads what it put there for another.",
    "sender_changes": "A party alters what it put there for another.",
    "sees": "A row is read with the question that it is about.",
    "settles": "The network's identity steward reads what is disputed.",
    "within_is_own": "Never: a question between two records of one party, for another party.",
    "of_what_is_seen": "Never: a row about a question that the party does not see.",
    "expired": "Who sees the question takes away a claim on it that has expired.",
    "takes_away": "The linker takes away what its round made needless.",
    "tells": "The linker writes findings that are of no delivery.",
    "ended_once": "Never: altering what has ended.",
    "withdrawn_once": "Never: altering a mandate that was withdrawn.",
    "stays": "Never: altering what has ended or was withdrawn.",
    "agreed": "Who receives under an agreement that stands reads what it opens in full, on pages of what others share.",
    "named": "A party reads the agreements that it is named in, once they are proposed.",
    "drafts": "Who drafts an agreement says whom it names and what it opens, until it is proposed.",
    "begins_as_draft": "Never: an agreement that begins as proposed.",
    "draft_alone": "Never: altering an agreement that was proposed.",
    "draft_goes": "Never: taking away an agreement that was proposed, or anything of it.",
    "of_agreements_seen": "Never: a party to an agreement, for who does not see the agreement.",
    "names_unsigned": "Never: naming a party as if it had signed.",
    "signs_itself": "Never: what another party does with its part, or after it ended.",
    "stands": "Who holds a role is known to all until it ends; a role that has ended opens nothing.",
    "gives": "A party gives its own people roles; those of the network itself the secretariat gives.",
    "takes": "A party takes roles from its own people; those of the network itself the secretariat takes.",
    "invites": "Never: an invitation to a role that the party cannot give.",
    "writes": "A process writes lines of the party that it acts for, or of none.",
}
_MAY = ("SELECT", "INSERT", "UPDATE", "DELETE")
_TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
       ARRAY(SELECT DISTINCT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid ORDER BY 1),
       ARRAY(SELECT may FROM unnest(%(may)s::text[]) AS may WHERE has_table_privilege(%(web)s, c.oid, may)),
       ARRAY(SELECT a.attname::text FROM pg_attribute a
             WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                 AND NOT has_table_privilege(%(web)s, c.oid, 'UPDATE')
                 AND has_column_privilege(%(web)s, c.oid, a.attnum, 'UPDATE')
             ORDER BY a.attnum)
FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname
"""


@dataclass(frozen=True, slots=True)
class Wall:
    """A table: what it holds, its policies by name, and what the web process may do with rows that they let through.

    ``columns``: those that it may update, where it may not update all.
    """

    table: str
    holds: str
    forced: bool
    policies: tuple[str, ...]
    may: tuple[str, ...]
    columns: tuple[str, ...]


def walls(database: BaseDatabaseWrapper) -> list[Wall]:
    """Every table of ``database``, by name."""
    holds = {model._meta.db_table: _first_line(model) for model in apps.get_models(include_auto_created=True)}
    with database.cursor() as cursor:
        cursor.execute(_TABLES, {"may": list(_MAY), "web": WEB})
        return [
            Wall(table, holds.get(table, ""), forced, tuple(policies), tuple(may), tuple(columns))
            for table, forced, policies, may, columns in cursor.fetchall()
        ]


def page(found: Sequence[Wall]) -> Iterator[str]:
    """The page of ``docs/`` about them, line by line."""
    yield from (
        "# The walls: every table and its policy",
        "",
        "Made by `schakel walls` from a database as the migrations make it; on a live one the same command says what",
        "is enforced there. A test fails where this page says otherwise, or a table with an owner has no policy.",
        "",
        "A row behind a wall is read or written only where a policy lets it through, whatever a page asks. *May* is",
        "what the web process may do at all with rows that are let through.",
        "",
        "| policy | what it lets through |",
        "|---|---|",
        *(f"| `{name}` | {MEANS[name]} |" for name in sorted({name for wall in found for name in wall.policies})),
        "",
        "## Behind a wall",
        "",
        "| table | holds | policies | may |",
        "|---|---|---|---|",
        *(f"| `{w.table}` | {w.holds} | {_listed(w.policies)} | {_told(w)} |" for w in found if w.forced),
        "",
        "## No party's",
        "",
        "Tables without rows of a party: the network itself, sessions, jobs, and what is public.",
        "",
        "| table | holds | may |",
        "|---|---|---|",
        *(f"| `{w.table}` | {w.holds} | {_told(w)} |" for w in found if not w.forced),
    )


def _first_line(model: type) -> str:
    """What a model of ours says of itself."""
    ours = model.__module__.startswith("schakel.")
    return (inspect.getdoc(model) or "").partition("\n")[0].replace("|", "/") if ours else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _told(wall: Wall) -> str:
    part = (f"update of {_listed(wall.columns)}",) if wall.columns else ()
    return ", ".join((*(one.lower() for one in wall.may), *part)) or "nothing"
