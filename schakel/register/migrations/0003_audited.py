"""What an auditor under a mandate reads here. Decisions on identity are not kept by year."""

from django.db import migrations

from schakel.sharing.policies import audited


class Migration(migrations.Migration):
    dependencies = (("register", "0002_walls"), ("sharing", "0005_mandate_walls"))
    operations = (
        audited("register_organisation", period="period"),
        audited("register_identitymember"),
        audited("register_decision"),
    )
