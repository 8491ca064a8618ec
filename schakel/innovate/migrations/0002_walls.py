"""The walls of this room: every table with an owner has its policy."""

from django.db import migrations

from schakel.sharing.policies import owned


class Migration(migrations.Migration):
    dependencies = (("innovate", "0001_initial"),)
    operations = (
        owned("innovate_innovationproject"),
        owned("innovate_participation"),
    )
