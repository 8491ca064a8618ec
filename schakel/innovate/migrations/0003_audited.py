"""What an auditor under a mandate reads here."""

from django.db import migrations

from schakel.sharing.policies import audited


class Migration(migrations.Migration):
    dependencies = (("innovate", "0002_walls"), ("sharing", "0005_mandate_walls"))
    operations = (
        audited("innovate_innovationproject", period="period"),
        audited("innovate_participation", period="period"),
    )
