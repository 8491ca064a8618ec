"""What an auditor under a mandate reads here."""

from django.db import migrations

from schakel.sharing.policies import audited


class Migration(migrations.Migration):
    dependencies = (("events", "0002_walls"), ("sharing", "0005_mandate_walls"))
    operations = (audited("events_event", period="period"), audited("events_attendance", period="period"))
