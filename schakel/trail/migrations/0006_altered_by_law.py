"""A line that was altered by law is told apart from one that was altered otherwise.

Names, addresses and numbers of people are erased from lines too (see the room privacy). The seal of such a line stays as
it was, so that the chain goes on; a later line (verb "erased", kind "trail line") of the same party says what the line
says since, as a digest, and is sealed itself. A line that does not follow, and of which no later line says what it says
now, is broken as ever.
"""

from django.db import migrations

_FIRST_BROKEN = """
CREATE OR REPLACE FUNCTION trail_first_broken_seal() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    link record;
    before bytea;
BEGIN
    FOR link IN
        SELECT s.id, s.digest, e AS entry FROM trail_seal s LEFT JOIN trail_entry e ON e.id = s.entry_id ORDER BY s.id
    LOOP
        IF link.digest IS DISTINCT FROM trail_digest(before, link.entry){unless} THEN RETURN link.id; END IF;
        before := link.digest;
    END LOOP;
    RETURN NULL;
END $$;
"""
_ALTERED = """
CREATE FUNCTION trail_altered_by_law(entry trail_entry) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT entry.id IS NOT NULL AND EXISTS (
        SELECT FROM trail_entry r
        WHERE r.verb = 'erased' AND r.kind = 'trail line' AND r.objects_ids = ARRAY[entry.id] AND r.id > entry.id
            AND r.owner_id IS NOT DISTINCT FROM entry.owner_id
            AND r.detail->>'now' = encode(trail_digest(NULL, entry), 'hex')
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = (("trail", "0005_form_of_a_line"),)
    operations = (
        migrations.RunSQL(
            sql=[_ALTERED, _FIRST_BROKEN.format(unless=" AND NOT trail_altered_by_law(link.entry)")],
            reverse_sql=[_FIRST_BROKEN.format(unless=""), "DROP FUNCTION trail_altered_by_law(trail_entry)"],
        ),
    )
