"""Keys behind their wall, and the one function that finds whose a key is before anybody acts.

It takes the digest of a key of 256 bits of chance: whoever can name one holds the key already.
"""

from django.db import migrations

from schakel.sharing.policies import owned

_OF = """
CREATE FUNCTION sharing_token_of(wanted text) RETURNS TABLE (
    id bigint, owner_id bigint, name varchar, scopes varchar[], expires_at timestamptz, withdrawn_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT t.id, t.owner_id, t.name, t.scopes, t.expires_at, t.withdrawn_at FROM sharing_token t WHERE t.digest = wanted
$$;
"""


class Migration(migrations.Migration):
    dependencies = (("sharing", "0002_token"),)
    operations = (
        owned("sharing_token"),
        migrations.RunSQL(
            sql=[
                _OF,
                "REVOKE ALL ON FUNCTION sharing_token_of(text) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION sharing_token_of(text) TO schakel_web",
            ],
            reverse_sql=["DROP FUNCTION sharing_token_of(text)"],
        ),
    )
