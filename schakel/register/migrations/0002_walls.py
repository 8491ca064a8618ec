"""The walls of the register: organisations are their agency's, published facts are for all to read."""

from django.db import migrations

from schakel.sharing.policies import append_only, owned, shared


class Migration(migrations.Migration):
    dependencies = (("register", "0001_initial"),)
    operations = (
        owned("register_organisation"),
        owned("register_registerentry", published=True),
        owned("register_identitymember", written_by="linker"),
        owned("register_decision", written_by="linker"),
        append_only("register_decision"),
        shared("register_identity"),
    )
