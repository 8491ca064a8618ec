"""The walls of what is doubtful and of what people said of it.

A doubt between two agencies is seen by both, and by the network's steward, only while both take part in identity review;
else by nobody, as it would tell the one what the other has. A card is seen with its doubt. What a person said is their
party's; the secretariat reads it of who takes part, to settle what is disputed.
"""

from django.db import migrations

from schakel.sharing.policies import append_only, owned, shared
from schakel.sharing.roles import ALL_SEEING, LINKER, OWNER, WEB, WORKER

_PARTIES = f"{WEB}, {WORKER}"
_ACTING = "(SELECT NULLIF(current_setting('schakel.party', true), '')::bigint)"
_STEWARD = f"EXISTS (SELECT FROM network_party WHERE id = {_ACTING} AND kind = 'secretariat')"
_REVIEWING = "((SELECT sharing_reviewing())::bigint[])"


def _between(one: str, other: str) -> str:
    """That the acting party may know of something between the owners in these columns; ``other`` may be null."""
    both = f"({one} = ANY ({_REVIEWING}) AND {other} = ANY ({_REVIEWING}))"
    return (
        f"(({one} = {_ACTING} OR {other} = {_ACTING}) AND ({other} IS NULL OR {one} = {other} OR {both}))"
        f" OR ({_STEWARD} AND {both})"
    )


def _written_by_linker(table: str, reads: str) -> migrations.RunSQL:
    """Row security on ``table``, which the linker alone writes; a party reads the rows of which ``reads`` is true."""
    policies = {
        "migrates": f"TO {OWNER} USING (true) WITH CHECK (true)",
        "sees_all": f"FOR SELECT TO {', '.join(ALL_SEEING)} USING (true)",
        "joins": f"TO {LINKER} USING (true) WITH CHECK (true)",
        "own": f"FOR SELECT TO {_PARTIES} USING ({reads})",
    }
    return migrations.RunSQL(
        sql=[
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            *(f"CREATE POLICY {name} ON {table} {rule}" for name, rule in policies.items()),
            f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {_PARTIES}",
            f"GRANT INSERT, UPDATE, DELETE ON {table} TO {LINKER}",
        ],
        reverse_sql=[
            *(f"DROP POLICY {name} ON {table}" for name in policies),
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


_LEASES = f"CREATE POLICY sees ON register_lease FOR SELECT TO {_PARTIES} USING (EXISTS (SELECT FROM register_doubt d WHERE d.id = doubt_id))"
_OF_WHAT_IS_SEEN = (
    f"CREATE POLICY of_what_is_seen ON register_lease AS RESTRICTIVE FOR INSERT TO {_PARTIES}"
    " WITH CHECK (EXISTS (SELECT FROM register_doubt d WHERE d.id = doubt_id))"
)
_JUDGED = (
    f"CREATE POLICY settles ON register_judgement FOR SELECT TO {_PARTIES}"
    f" USING ({_STEWARD} AND owner_id = ANY ({_REVIEWING}))"
)


class Migration(migrations.Migration):
    dependencies = (("register", "0004_judging"), ("sharing", "0007_identity_review_wall"))
    operations = (
        _written_by_linker("register_doubt", _between("owner_a_id", "owner_b_id")),
        _written_by_linker("register_card", _between("owner_id", "other_id")),
        owned("register_judgement"),
        append_only("register_judgement"),
        owned("register_lease"),
        migrations.RunSQL(
            sql=[_LEASES, _OF_WHAT_IS_SEEN, _JUDGED],
            reverse_sql=[
                "DROP POLICY sees ON register_lease",
                "DROP POLICY of_what_is_seen ON register_lease",
                "DROP POLICY settles ON register_judgement",
            ],
        ),
        _written_by_linker(
            "register_anchor",
            "EXISTS (SELECT FROM register_identitymember m WHERE m.identity_id = register_anchor.identity_id)",
        ),
        _written_by_linker("register_familytie", f"owner_id IS NULL OR owner_id = {_ACTING}"),
        shared("register_redirect"),
        shared("register_linkingmodel"),
    )
