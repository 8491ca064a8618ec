"""What an auditor under a mandate reads of deliveries: those of the mandate's years, down to the bytes of their files.

Of the files of documents only what was delivered, and what was certified.
"""

from django.db import migrations

from schakel.sharing.policies import audited

_OF_DELIVERY = "delivery_id IN (SELECT id FROM intake_delivery)"
_OF_FILE = (
    "(id IN (SELECT stored_id FROM intake_deliveredfile) OR id IN (SELECT snapshot_id FROM intake_certification))"
)


class Migration(migrations.Migration):
    dependencies = (
        ("intake", "0011_returnedfile_former"),
        ("documents", "0002_walls"),
        ("sharing", "0005_mandate_walls"),
    )
    operations = (
        audited("intake_delivery", period="period"),
        audited("intake_certification", period="period"),
        audited("intake_override", period="period"),
        audited("intake_deliveryfinding", period="period"),
        *(
            audited(f"intake_{table}", where=_OF_DELIVERY)
            for table in ("deliveredfile", "deliveredtable", "readtable", "receipt", "edit", "waiver")
        ),
        audited("intake_deliveredrow", where="table_id IN (SELECT id FROM intake_deliveredtable)"),
        audited("intake_readrows", where="table_id IN (SELECT id FROM intake_readtable)"),
        audited("documents_storedfile", where=_OF_FILE),
        audited("documents_filepart", where="file_id IN (SELECT id FROM documents_storedfile)"),
    )
