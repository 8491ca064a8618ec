"""The walls of this room: every table with an owner has its policy."""

from django.db import migrations

from schakel.sharing.policies import owned
from schakel.sharing.roles import WEB, WORKER

# Who put an item in another's inbox brings it up to date and says when it is done.
_SENT = "sent_by_id = (SELECT NULLIF(current_setting('schakel.party', true), '')::bigint)"
_SENDER_CHANGES = migrations.RunSQL(
    sql=f"CREATE POLICY sender_changes ON inbox_item FOR UPDATE TO {WEB}, {WORKER} USING ({_SENT}) WITH CHECK ({_SENT})",
    reverse_sql="DROP POLICY IF EXISTS sender_changes ON inbox_item",
)


class Migration(migrations.Migration):
    dependencies = (("inbox", "0001_initial"),)
    operations = (
        owned("inbox_item", sender="sent_by_id"),
        _SENDER_CHANGES,
        owned("inbox_itemseen"),
        owned("inbox_preference"),
        owned("inbox_deputy"),
        # The secretariat sees to it that mail goes out: it sees that a letter failed, and not what it says.
        owned("inbox_letter", read_by=("secretariat",)),
        owned("inbox_lettertext"),
    )
