"""Roles since when, until when and by whom given; and which can be held at which kind of party, held by the database.

The table of `roles.py` as it stood here; a test compares the two. What does not fit any more stays where it is, and
is refused when it is written again.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


_ANYWHERE = ("reader", "party-administrator")
_ADVISERS = ("adviser-innovation", "adviser-trade", "adviser-foreign")
_ROLES_AT = {
    "agency": (*_ANYWHERE, *_ADVISERS, "investment-manager", "steward", "programme-manager"),
    "secretariat": (
        *_ANYWHERE, "steward", "programme-manager", "secretary", "identity-steward", "system-administrator",
    ),
    "ministry": (*_ANYWHERE, "programme-manager"),
    "province": (*_ANYWHERE, "programme-manager"),
    "partner": (*_ANYWHERE, *_ADVISERS, "programme-manager"),
    "researcher": _ANYWHERE,
    "entrepreneur": _ANYWHERE,
    "auditor": ("auditor",),
}
_PAIRS = ", ".join(f"('{kind}', '{role}')" for kind, roles in _ROLES_AT.items() for role in roles)
_FITS = [
    "CREATE FUNCTION network_role_at(kind text, role text) RETURNS boolean LANGUAGE sql IMMUTABLE"
    f" SET search_path = public, pg_temp AS $$ SELECT ($1, $2) IN ({_PAIRS}) $$",
    """
CREATE FUNCTION network_role_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (SELECT network_role_at(kind, NEW.role) FROM network_party WHERE id = NEW.party_id) THEN
        RAISE EXCEPTION 'the role % cannot be held at this kind of party', NEW.role USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
""",
    "CREATE TRIGGER role_fits BEFORE INSERT OR UPDATE OF role, party_id ON network_roleheld"
    " FOR EACH ROW EXECUTE FUNCTION network_role_fits()",
    """
CREATE FUNCTION network_kind_fits() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM network_roleheld held WHERE party_id = NEW.id AND NOT network_role_at(NEW.kind, held.role))
    THEN
        RAISE EXCEPTION 'roles are held at % that cannot be held at this kind of party', NEW.slug
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$
""",
    "CREATE TRIGGER kind_fits BEFORE UPDATE OF kind ON network_party FOR EACH ROW"
    " WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION network_kind_fits()",
]
_UNDO = [
    "DROP TRIGGER kind_fits ON network_party",
    "DROP FUNCTION network_kind_fits()",
    "DROP TRIGGER role_fits ON network_roleheld",
    "DROP FUNCTION network_role_fits()",
    "DROP FUNCTION network_role_at(text, text)",
]


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0003_identity_steward'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='roleheld',
            name='role_held_once',
        ),
        migrations.AddField(
            model_name='roleheld',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='roleheld',
            name='since',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='roleheld',
            name='until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='party',
            name='kind',
            field=models.CharField(choices=[('agency', 'agency'), ('secretariat', 'secretariat'), ('ministry', 'ministry'), ('province', 'province'), ('partner', 'partner'), ('researcher', 'researcher'), ('entrepreneur', 'entrepreneur'), ('auditor', 'auditor')], max_length=20),
        ),
        migrations.AlterField(
            model_name='roleheld',
            name='role',
            field=models.CharField(choices=[('reader', 'reader'), ('adviser-innovation', 'adviser, innovation'), ('adviser-trade', 'adviser, trade'), ('adviser-foreign', 'adviser, foreign investors'), ('investment-manager', 'investment manager'), ('steward', 'data steward'), ('programme-manager', 'programme manager'), ('party-administrator', 'party administrator'), ('secretary', 'secretariat'), ('identity-steward', 'identity steward'), ('auditor', 'auditor'), ('system-administrator', 'system administrator')], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='roleheld',
            constraint=models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'party', 'role'), name='role_held_once'),
        ),
        migrations.AddConstraint(
            model_name='roleheld',
            constraint=models.UniqueConstraint(fields=('person', 'party', 'role', 'until'), name='role_held_until_once'),
        ),
        migrations.RunSQL(sql=_FITS, reverse_sql=_UNDO),
    ]
