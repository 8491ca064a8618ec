"""Whose rows of the ledger are where they have no one owner: for who erases a person by law (see the room privacy).

What is said here of the log changes no decision: only a name in the evidence of one.
"""

from django.db import migrations

_OF = {
    "register_decision": "owner_id = {party} OR owner_id IS NULL AND EXISTS (SELECT FROM register_identitymember m"
    " WHERE m.owner_id = {party} AND m.identity_id IN (register_decision.identity_id, register_decision.other_id))",
    "register_anchor": "EXISTS (SELECT FROM register_identitymember m"
    " WHERE m.owner_id = {party} AND m.identity_id = register_anchor.identity_id)",
    "register_proposalground": "{party} = ANY(owners)",
}


class Migration(migrations.Migration):
    dependencies = (("register", "0025_agreed_all"), ("privacy", "0002_walls"))
    operations = tuple(
        migrations.RunSQL(
            sql=[('INSERT INTO privacy_belonging ("table", condition) VALUES (%s, %s)', [table, of])],
            reverse_sql=[('DELETE FROM privacy_belonging WHERE "table" = %s', [table])],
        )
        for table, of in _OF.items()
    )
