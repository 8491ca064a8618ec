"""The trail behind its wall, append-only, and the functions that seal and verify it.

Policies are written out here: the trail is the ground floor and cannot import the floor that makes them
for other rooms. A process may write lines of its acting party or of none (a failed sign-in); it reads
its party's own.
"""

from django.db import migrations

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_WRITERS = "schakel_web, schakel_worker, schakel_linker, schakel_counter"

# The digest covers the link before and every column, in the one form that jsonb gives them.
_SEAL = """
CREATE FUNCTION trail_digest(before bytea, entry trail_entry) RETURNS bytea LANGUAGE sql STABLE
SET timezone = 'UTC' SET search_path = public, pg_temp AS
$$ SELECT sha256(coalesce(before, ''::bytea) || convert_to(to_jsonb(entry)::text, 'UTF8')) $$;

CREATE FUNCTION trail_seal(at_most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    line trail_entry;
    before bytea;
    done integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(7207001) THEN RETURN 0; END IF;
    SELECT digest INTO before FROM trail_seal ORDER BY id DESC LIMIT 1;
    FOR line IN
        SELECT e.* FROM trail_entry e WHERE NOT EXISTS (SELECT 1 FROM trail_seal s WHERE s.entry_id = e.id)
        ORDER BY e.id LIMIT at_most
    LOOP
        before := trail_digest(before, line);
        INSERT INTO trail_seal (entry_id, digest, sealed_at) VALUES (line.id, before, now());
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;

CREATE FUNCTION trail_first_broken_seal() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    link record;
    before bytea;
BEGIN
    FOR link IN
        SELECT s.id, s.digest, e AS entry FROM trail_seal s LEFT JOIN trail_entry e ON e.id = s.entry_id ORDER BY s.id
    LOOP
        IF link.digest IS DISTINCT FROM trail_digest(before, link.entry) THEN RETURN link.id; END IF;
        before := link.digest;
    END LOOP;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = (("trail", "0001_initial"),)
    operations = (
        migrations.RunSQL(
            sql=[
                "ALTER TABLE trail_entry ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE trail_entry FORCE ROW LEVEL SECURITY",
                "CREATE POLICY migrates ON trail_entry TO schakel_owner USING (true) WITH CHECK (true)",
                "CREATE POLICY sees_all ON trail_entry FOR SELECT TO schakel_backup, schakel_counter, schakel_linker USING (true)",
                f"CREATE POLICY own ON trail_entry FOR SELECT TO schakel_web, schakel_worker USING (owner_id = (SELECT {_ACTING}))",
                f"CREATE POLICY writes ON trail_entry FOR INSERT TO {_WRITERS}"
                f" WITH CHECK (owner_id IS NULL OR owner_id = (SELECT {_ACTING}))",
                "GRANT INSERT ON trail_entry TO schakel_linker, schakel_counter",
                "GRANT USAGE ON SEQUENCE trail_entry_id_seq TO schakel_linker, schakel_counter",
                "REVOKE UPDATE, DELETE ON trail_entry FROM schakel_web, schakel_worker",
                "REVOKE INSERT, UPDATE, DELETE ON trail_seal FROM schakel_web, schakel_worker",
            ],
            reverse_sql=[
                "DROP POLICY migrates ON trail_entry",
                "DROP POLICY sees_all ON trail_entry",
                "DROP POLICY own ON trail_entry",
                "DROP POLICY writes ON trail_entry",
                "ALTER TABLE trail_entry NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE trail_entry DISABLE ROW LEVEL SECURITY",
            ],
        ),
        migrations.RunSQL(
            sql=[
                _SEAL,
                "REVOKE ALL ON FUNCTION trail_seal(integer), trail_first_broken_seal() FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION trail_seal(integer), trail_first_broken_seal() TO schakel_web, schakel_worker",
            ],
            reverse_sql="DROP FUNCTION trail_seal(integer); DROP FUNCTION trail_first_broken_seal();"
            " DROP FUNCTION trail_digest(bytea, trail_entry)",
        ),
    )
