"""What the web process may do with the tables of allauth, and no other process anything.

The web process checks, adds and takes away second factors and sessions of who is signed in. Addresses that allauth keeps
beside a person's own are not used: nobody reads or writes them.
"""

from django.db import migrations

_ALL = "schakel_web, schakel_worker, schakel_counter, schakel_linker"
_UNUSED = ("account_emailaddress", "account_emailconfirmation")
_OF_WEB = ("mfa_authenticator", "usersessions_usersession")


class Migration(migrations.Migration):
    dependencies = (
        ("network", "0005_signing_in"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
    )
    operations = (
        migrations.RunSQL(
            sql=[
                *(f"REVOKE ALL ON {table} FROM {_ALL}" for table in (*_UNUSED, *_OF_WEB)),
                *(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO schakel_web" for table in _OF_WEB),
            ],
            reverse_sql=migrations.RunSQL.noop,
        ),
    )
