"""The walls of this room: every table with an owner has its policy."""

from django.db import migrations

from schakel.sharing.policies import owned


class Migration(migrations.Migration):
    dependencies = (("figures", "0001_initial"),)
    operations = (
        owned("figures_staff"),
        owned("figures_marketround", published=True),
    )
