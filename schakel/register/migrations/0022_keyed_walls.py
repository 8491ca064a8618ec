"""Walls of rounds without names: everybody knows which rounds there are; codes are their owner's and the joining's."""

from django.db import migrations

from schakel.sharing.policies import append_only, owned


class Migration(migrations.Migration):
    dependencies = (("register", "0021_keyed"),)
    operations = (
        owned("register_keyedround", written_by="secretariat", published=True),
        append_only("register_keyedround"),
        owned("register_keyedrecord"),
        owned("register_keyedentry"),
    )
