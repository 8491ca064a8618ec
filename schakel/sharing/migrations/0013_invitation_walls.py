"""Invitations behind their wall, and the two functions with which one is looked at and accepted before anybody acts.

Both take the digest of a link of 256 bits of chance: whoever can name one holds the link already. Accepting gives what
the invitation says, no less and no more; what it may say is held where it is written, by the same rule as a role that
is given at once. The party, and that it is the very person who is signed in, the page knows.
"""

from django.db import migrations

from schakel.sharing.policies import given_by_party, owned
from schakel.sharing.roles import WEB, WORKER

_TABLE = "sharing_invitation"
_GIVEN = given_by_party(roles="roles::text[]", party="party_id", until="until")
_FIT = (
    "NOT EXISTS (SELECT FROM unnest(roles) AS one, network_party at"
    " WHERE at.id = party_id AND NOT network_role_at(at.kind, one))"
)
_FRESH = "accepted_at IS NULL AND withdrawn_at IS NULL"
_OPEN = f"{_FRESH} AND expires_at > statement_timestamp() AND (until IS NULL OR until > statement_timestamp())"
_SENDING = "digest, sent_at, attempts, next_try_at, last_error"

_OF = f"""
CREATE FUNCTION sharing_invitation_of(wanted text) RETURNS TABLE (
    id bigint, email varchar, name varchar, party_id bigint, roles varchar[], person_id bigint
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT i.id, i.email, i.name, i.party_id, i.roles,
        (SELECT p.id FROM network_person p WHERE lower(p.email) = lower(i.email))
    FROM (SELECT * FROM {_TABLE} WHERE digest = wanted AND {_OPEN}) i
$$;
"""
_ACCEPT = f"""
CREATE FUNCTION sharing_accept_invitation(wanted text, called text, hashed text, speaks text, who bigint)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found {_TABLE}%ROWTYPE;
    known bigint;
BEGIN
    SELECT * INTO found FROM {_TABLE} WHERE digest = wanted AND {_OPEN} FOR UPDATE;
    IF found.id IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT p.id INTO known FROM network_person p WHERE lower(p.email) = lower(found.email);
    IF known IS DISTINCT FROM who THEN
        RETURN NULL;
    END IF;
    IF known IS NULL THEN
        INSERT INTO network_person (email, name, password, is_active, language)
        VALUES (lower(found.email), called, hashed, true, speaks) RETURNING network_person.id INTO known;
    END IF;
    INSERT INTO network_roleheld (person_id, party_id, role, since, until, given_by_id)
    SELECT known, found.party_id, given, statement_timestamp(), found.until, found.invited_by_id
    FROM unnest(found.roles) AS given
    WHERE NOT EXISTS (
        SELECT FROM network_roleheld held
        WHERE held.person_id = known AND held.party_id = found.party_id AND held.role = given
            AND (held.until IS NULL OR held.until > statement_timestamp())
    );
    UPDATE {_TABLE} SET accepted_at = statement_timestamp(), accepted_by_id = known, digest = NULL, next_try_at = NULL
    WHERE id = found.id;
    RETURN known;
END $$;
"""
_FUNCTIONS = {"sharing_invitation_of(text)": _OF, "sharing_accept_invitation(text, text, text, text, bigint)": _ACCEPT}


class Migration(migrations.Migration):
    dependencies = (("sharing", "0012_invitation"), ("sharing", "0011_people_walls"))
    operations = (
        owned(_TABLE),
        migrations.RunSQL(
            sql=[
                f"CREATE POLICY invites ON {_TABLE} AS RESTRICTIVE FOR INSERT TO {WEB}, {WORKER}"
                f" WITH CHECK (({_GIVEN}) AND {_FIT} AND {_FRESH})",
                f"CREATE POLICY stays ON {_TABLE} AS RESTRICTIVE FOR UPDATE TO {WEB}, {WORKER}"
                f" USING ({_FRESH}) WITH CHECK (true)",
                f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {_TABLE} FROM {WEB}, {WORKER}",
                f"GRANT INSERT, UPDATE ({_SENDING}, expires_at, withdrawn_at, withdrawn_by_id) ON {_TABLE} TO {WEB}",
                f"GRANT UPDATE ({_SENDING}) ON {_TABLE} TO {WORKER}",
            ],
            reverse_sql=[
                *(f"DROP POLICY IF EXISTS {name} ON {_TABLE}" for name in ("invites", "stays")),
                f"GRANT INSERT, UPDATE, DELETE ON {_TABLE} TO {WEB}, {WORKER}",
            ],
        ),
        *(
            migrations.RunSQL(
                sql=[
                    body,
                    f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
                    f"GRANT EXECUTE ON FUNCTION {name} TO {WEB}",
                ],
                reverse_sql=[f"DROP FUNCTION {name}"],
            )
            for name, body in _FUNCTIONS.items()
        ),
    )
