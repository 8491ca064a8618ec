"""What an auditor under a mandate reads here."""

from django.db import migrations

from schakel.sharing.policies import audited


class Migration(migrations.Migration):
    dependencies = (("figures", "0007_walls_of_targets_and_comments"), ("sharing", "0005_mandate_walls"))
    operations = (audited("figures_staff", period="period"),)
