"""Who reads a line of the trail beside who wrote it, and how lines about one thing are found.

``concerned``: the party whose records or people it is about. ``of_the_network``: the secretariat reads what no party
and nobody in person did (joining, loading, refused keys). An auditor's office reads both of whoever gave a mandate,
and from where it was done. A condition on an array uses no index under row security, so that ``sharing_lines_about``
finds the lines about one thing, applies the grants itself, and tells ids alone.
"""

from django.db import migrations

from schakel.sharing.policies import definer

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_PARTIES = "schakel_web, schakel_worker"
_GIVEN = "ANY ((SELECT sharing_audited(false))::bigint[])"


def _narrow(column: str) -> str:
    return f"{column} BETWEEN (SELECT sharing_first_audited(false)) AND (SELECT sharing_last_audited(false))"


_SECRETARIAT = f"EXISTS (SELECT FROM network_party WHERE id = (SELECT {_ACTING}) AND kind = 'secretariat')"
# Signing in is done for no party: from where it was is kept for those that the person acts for.
_ITS_PEOPLE = (
    "EXISTS (SELECT FROM network_roleheld held"
    " WHERE held.person_id = trail_origin.person_id AND held.party_id = trail_origin.owner_id)"
)
_POLICIES = {
    "concerned": ("trail_entry", f"concerns_id = (SELECT {_ACTING})"),
    "of_the_network": ("trail_entry", f"owner_id IS NULL AND person_id IS NULL AND {_SECRETARIAT}"),
    "audited_concerned": ("trail_entry", f"{_narrow('concerns_id')} AND concerns_id = {_GIVEN}"),
    "audited": ("trail_origin", f"{_narrow('owner_id')} AND owner_id = {_GIVEN}"),
}


class Migration(migrations.Migration):
    dependencies = (
        ("sharing", "0014_quick_mandates"),
        ("trail", "0005_form_of_a_line"),
        ("network", "0004_people"),
    )
    operations = (
        migrations.RunSQL(
            sql=[
                f"CREATE POLICY {name} ON {table} FOR SELECT TO {_PARTIES} USING ({condition})"
                for name, (table, condition) in _POLICIES.items()
            ]
            + [f"CREATE POLICY of_its_people ON trail_origin FOR INSERT TO {_PARTIES} WITH CHECK ({_ITS_PEOPLE})"],
            reverse_sql=[
                "DROP POLICY of_its_people ON trail_origin",
                *(f"DROP POLICY {name} ON {table}" for name, (table, _condition) in _POLICIES.items()),
            ],
        ),
        definer(
            "sharing_lines_about(of_kind text, thing bigint)",
            "RETURNS SETOF bigint",
            "SELECT e.id FROM trail_entry e WHERE e.kind = of_kind AND e.objects_ids @> ARRAY[thing]"
            f" AND (e.owner_id = {_ACTING} OR e.concerns_id = {_ACTING}"
            " OR e.owner_id = ANY (sharing_audited(false)) OR e.concerns_id = ANY (sharing_audited(false)))",
        ),
    )
