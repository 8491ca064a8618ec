"""The walls of this room: every table with an owner has its policy."""

from django.db import migrations

from schakel.sharing.policies import owned


class Migration(migrations.Migration):
    dependencies = (("internationalise", "0001_initial"),)
    operations = (
        owned("internationalise_foreigncase"),
        owned("internationalise_tradeactivity"),
    )
