"""What an auditor under a mandate reads here."""

from django.db import migrations

from schakel.sharing.policies import audited

_OF_EVENT = "event_id IN (SELECT id FROM events_event)"


class Migration(migrations.Migration):
    dependencies = (
        ("internationalise", "0002_walls"),
        ("events", "0003_audited"),
        ("sharing", "0005_mandate_walls"),
    )
    operations = (
        audited("internationalise_foreigncase", period="period"),
        audited("internationalise_tradeactivity", where=_OF_EVENT),
    )
