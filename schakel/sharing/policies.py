"""Migration operations that put a table behind its wall.

The simplest policy: a row is its owner's. Mandates and agreements widen who may read it; nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.db import migrations

from schakel.network.roles import OF_THE_NETWORK
from schakel.sharing.roles import ALL_SEEING, COUNTER, LINKER, OWNER, WEB, WORKER

# As Django types a statement of RunSQL.
_Statement = str | tuple[str, dict[str, Any] | list[Any] | tuple[Any, ...] | tuple[()] | None]
_PARTIES = f"{WEB}, {WORKER}"
_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"


def owned(
    table: str,
    *,
    owner: str = "owner_id",
    written_by: Literal["parties", "secretariat", "linker"] = "parties",
    read_by: Sequence[str] = (),
    sender: str = "",
    published: bool = False,
) -> migrations.RunSQL:
    """Row security, enabled and forced, on ``table`` whose column ``owner`` holds the owning party's id.

    ``written_by``: "parties", each its own rows; "linker" or "secretariat": only these write, and parties read
    their own rows. ``read_by``: kinds of party (see ``PartyKind``) that also read all rows, and write none.
    ``sender``: a column with the id of the party that put the row there for its owner; it may insert and read
    it. ``published``: every party may read all rows, as they are published facts; writing stays as it was.
    """
    own = f"{owner} = (SELECT {_ACTING})"
    statements: list[_Statement] = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY migrates ON {table} TO {OWNER} USING (true) WITH CHECK (true)",
        f"CREATE POLICY sees_all ON {table} FOR SELECT TO {', '.join(ALL_SEEING)} USING (true)",
    ]
    if written_by == "linker":
        statements += [
            f"CREATE POLICY own ON {table} FOR SELECT TO {_PARTIES} USING ({own})",
            f"CREATE POLICY joins ON {table} TO {LINKER} USING (true) WITH CHECK (true)",
            *_writing(table, by=LINKER),
        ]
    elif written_by == "secretariat":
        secretariat = _acting_is("secretariat")
        statements += [
            f"CREATE POLICY own ON {table} FOR SELECT TO {_PARTIES} USING ({own})",
            f"CREATE POLICY keeps ON {table} TO {_PARTIES} USING ({secretariat}) WITH CHECK ({secretariat})",
        ]
    else:
        statements.append(f"CREATE POLICY own ON {table} TO {_PARTIES} USING ({own}) WITH CHECK ({own})")
    if published:
        statements.append(f"CREATE POLICY published ON {table} FOR SELECT TO {_PARTIES} USING (true)")
    if read_by:
        statements.append(f"CREATE POLICY reads ON {table} FOR SELECT TO {_PARTIES} USING ({_acting_is(*read_by)})")
    if sender:
        sent = f"{sender} = (SELECT {_ACTING})"
        statements += [
            f"CREATE POLICY sends ON {table} FOR INSERT TO {_PARTIES} WITH CHECK ({sent})",
            f"CREATE POLICY sent ON {table} FOR SELECT TO {_PARTIES} USING ({sent})",
        ]
    names = ("own", "migrates", "sees_all", "joins", "keeps", "reads", "sends", "sent", "published")
    undo: list[_Statement] = [f"DROP POLICY IF EXISTS {name} ON {table}" for name in names]
    undo += [f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"]
    return migrations.RunSQL(sql=statements, reverse_sql=undo)


def _acting_is(*kinds: str) -> str:
    """That the acting party is of one of ``kinds``; the planner asks once a statement."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f"EXISTS (SELECT FROM network_party WHERE id = (SELECT {_ACTING}) AND kind IN ({listed}))"


def readable_where(table: str, condition: str) -> migrations.RunSQL:
    """Every party reads, beside its own, the rows of ``table`` of which ``condition`` (SQL over its columns) is true.

    For what somebody chose to share with the network; writing stays with the owner.
    """
    return migrations.RunSQL(
        sql=f"CREATE POLICY chosen ON {table} FOR SELECT TO {_PARTIES} USING ({condition})",
        reverse_sql=f"DROP POLICY IF EXISTS chosen ON {table}",
    )


def audited(table: str, *, period: str = "", where: str = "", secret: bool = False) -> migrations.RunSQL:
    """An auditor reads the rows of ``table`` of whoever gave a mandate that stands; and never adds one.

    ``period``: the column with the year, which the mandate must name. ``where``: a further condition (SQL), such as
    that a row belongs to a delivery that may be read. ``secret``: the mandate must say so.

    The range looks needless beside the list: it is what the planner can tell to be narrow, so that for all others the
    index on the owner is used as before.
    """
    said = str(secret).lower()
    of_year = f"(owner_id, {period}) IN (SELECT giver, year FROM sharing_audited_years({said}))" if period else ""
    conditions = [
        f"owner_id BETWEEN (SELECT sharing_first_audited({said})) AND (SELECT sharing_last_audited({said}))",
        f"owner_id = ANY ((SELECT sharing_audited({said}))::bigint[])",
        of_year,
        where,
    ]
    reads = " AND ".join(condition for condition in conditions if condition)
    return migrations.RunSQL(
        sql=[
            f"CREATE POLICY audited ON {table} FOR SELECT TO {_PARTIES} USING ({reads})",
            f"CREATE POLICY no_auditor ON {table} AS RESTRICTIVE FOR INSERT TO {_PARTIES}"
            f" WITH CHECK (NOT {_acting_is('auditor')})",
        ],
        reverse_sql=[f"DROP POLICY IF EXISTS {name} ON {table}" for name in ("audited", "no_auditor")],
    )


def agreed(table: str, *, covered: str, kind: str = "", all_of: str = "", along: bool = False) -> migrations.RunSQL:
    """Who receives under an agreement that stands reads the rows of ``table`` that it opens in full.

    ``covered``: a condition (SQL) for those rows. ``all_of``: a kind of which clauses may reach all; then all rows of
    the giver are read as well. ``kind``: as clauses name it, where only those about one kind open anything here.
    ``along``: rows come along with records of other kinds too. The range is there for the planner, as with ``audited``;
    its ends are unknown, so that no row is in it, on all pages but those that show what others share.
    """
    about = f"'{kind or all_of}'" if (kind or all_of) and not along else "NULL"
    first, last = f"(SELECT sharing_gives_first({about}))", f"(SELECT sharing_gives_last({about}))"
    whole = f"owner_id = ANY ((SELECT sharing_gives_all('{all_of}'))::bigint[]) OR " if all_of else ""
    return migrations.RunSQL(
        sql=f"CREATE POLICY agreed ON {table} FOR SELECT TO {_PARTIES}"
        f" USING (owner_id BETWEEN {first} AND {last} AND ({whole}{covered}))",
        reverse_sql=f"DROP POLICY agreed ON {table}",
    )


def opened(kind: str, ids: str) -> migrations.RunSQL:
    """``ids`` (SQL) is asked too for which records of ``kind`` agreements open in full; it is found by search so."""
    quoted = ids.replace("'", "''")
    return migrations.RunSQL(
        sql=f"INSERT INTO sharing_opening (kind, ids) VALUES ('{kind}', '{quoted}')",
        reverse_sql=f"DELETE FROM sharing_opening WHERE kind = '{kind}' AND ids = '{quoted}'",
    )


def reached(function: str, *, kind: str, table: str, by: Mapping[str, str], only: str = "true") -> migrations.RunSQL:
    """A function ``function(at_least, whole)`` with the ids of the rows of ``table`` that the acting party's agreements
    open at least so deep; also by clauses that reach all of the kind where ``whole``.

    ``by``: for each further reach of a clause the condition on row ``r`` and the clause's ``t.thing`` (SQL). ``only``:
    what must hold of each row besides.
    """
    conditions = ["whole AND t.reach = 'all'", *(f"t.reach = '{reach}' AND {said}" for reach, said in by.items())]
    either = " OR ".join(f"({condition})" for condition in conditions)
    signature = f"{function}(at_least integer, whole boolean)"
    return definer(
        signature,
        "RETURNS SETOF bigint",
        f"SELECT r.id FROM sharing_terms('{kind}', at_least) t JOIN {table} r ON r.owner_id = t.giver"
        f" WHERE ({either}) AND {only}",
    )


def cards(function: str, *, reaching: str, table: str, title: str, summary: Mapping[str, str]) -> migrations.RunSQL:
    """A function ``function()`` with what is told of each row of ``table`` that agreements open, however deep.

    One row each: id, owner, period, depth, title, and as JSON the ``summary`` (name to SQL over row ``r``) from that
    depth on. ``reaching``: the function with the ids, made by ``reached``.
    """
    told = ", ".join(f"'{name}', {said}" for name, said in summary.items())
    deep = " UNION ALL ".join(f"SELECT {reaching}({depth}, true) AS id, {depth} AS depth" for depth in (1, 2, 3))
    return definer(
        f"{function}()",
        "RETURNS TABLE (id bigint, owner_id bigint, period smallint, depth integer, title text, said jsonb)",
        f"SELECT r.id, r.owner_id, r.period, d.depth, {title},"
        f" CASE WHEN d.depth >= 2 THEN jsonb_build_object({told}) ELSE '{{}}' END"
        f" FROM (SELECT id, max(depth) AS depth FROM ({deep}) each_depth GROUP BY id) d JOIN {table} r ON r.id = d.id",
    )


def definer(signature: str, returns: str, body: str) -> migrations.RunSQL:
    """A question that is asked with the owner's rights, for web and worker alone; it applies the grants itself."""
    return migrations.RunSQL(
        sql=[
            f"CREATE FUNCTION {signature} {returns} LANGUAGE sql STABLE SECURITY DEFINER"
            f" SET search_path = public, pg_temp AS $$ {body} $$",
            f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC",
            f"GRANT EXECUTE ON FUNCTION {signature} TO {_PARTIES}",
        ],
        reverse_sql=f"DROP FUNCTION {signature}",
    )


def given_by_party(*, roles: str, party: str, until: str = "") -> str:
    """That the acting party gives and takes ``roles`` (an array of text) at ``party``; each SQL over a row.

    Its own, but for those of the network itself; these the secretariat does, also at an auditor's office. ``until``:
    when they end, which is asked where one is given there. The list of them is that of ``schakel.network.roles``.
    """
    network = ", ".join(f"'{role}'" for role in sorted(OF_THE_NETWORK))
    secretariat = _acting_is("secretariat")
    office = f"EXISTS (SELECT FROM network_party office WHERE office.id = {party} AND office.kind = 'auditor')"
    for_a_time = f"{until} IS NOT NULL" if until else "true"
    return (
        f"{party} = (SELECT {_ACTING}) AND (NOT {roles} && ARRAY[{network}] OR {secretariat})"
        f" OR {office} AND {for_a_time} AND {secretariat}"
    )


def for_counting_only(table: str) -> migrations.RunSQL:
    """A table that only the counting process fills and reads: no party can, whoever asks."""
    others = f"{_PARTIES}, {LINKER}"
    return migrations.RunSQL(
        sql=[
            f"REVOKE ALL ON {table} FROM {others}",
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {COUNTER}",
            f"GRANT SELECT, INSERT ON {table} TO {COUNTER}",
            f"GRANT USAGE ON SEQUENCE {table}_id_seq TO {COUNTER}",
        ],
        reverse_sql=f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {_PARTIES}",
    )


def shared(table: str) -> migrations.RunSQL:
    """A table without an owner that only the linker writes and every process reads."""
    return migrations.RunSQL(sql=_writing(table, by=LINKER), reverse_sql=migrations.RunSQL.noop)


def _writing(table: str, *, by: str) -> list[_Statement]:
    return [f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {_PARTIES}", f"GRANT INSERT, UPDATE ON {table} TO {by}"]


def append_only(table: str) -> migrations.RunSQL:
    """No process may alter or remove rows of ``table``."""
    return migrations.RunSQL(
        sql=[f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {_PARTIES}, {COUNTER}, {LINKER}"],
        reverse_sql=[f"GRANT UPDATE, DELETE ON {table} TO {_PARTIES}"],
    )
