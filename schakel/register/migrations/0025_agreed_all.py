"""Who is given all organisations of a party reads them without the question which those are being answered first."""

from django.db import migrations

from schakel.sharing.policies import agreed

_TABLE = "register_organisation"
_THOSE = "id IN (SELECT sharing_opened_of('organisation'))"


class Migration(migrations.Migration):
    dependencies = (("register", "0024_agreed"),)
    operations = (
        migrations.RunSQL(sql=f"DROP POLICY agreed ON {_TABLE}", reverse_sql=agreed(_TABLE, covered=_THOSE).sql),
        agreed(_TABLE, all_of="organisation", along=True, covered=_THOSE),
    )
