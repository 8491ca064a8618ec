"""Files that were kept whole in one column move into the parts of documents; new tables get their walls.

Runs as the owner, who passes every policy.
"""

import django.db.models.deletion
from django.db import migrations, models

from schakel.sharing.policies import owned

_MOVE = [
    "UPDATE intake_deliveredfile SET stored_id = nextval('documents_storedfile_id_seq')",
    "INSERT INTO documents_storedfile (id, owner_id, name, size, received, digest, made_by_id, made_at, kept_at)"
    " SELECT f.stored_id, f.owner_id, f.name, f.size, f.size, f.digest, d.sender_id, d.received_at, d.received_at"
    " FROM intake_deliveredfile f JOIN intake_delivery d ON d.id = f.delivery_id",
    'INSERT INTO documents_filepart (owner_id, file_id, "offset", content)'
    " SELECT f.owner_id, f.stored_id, piece * 1048576, substring(f.content FROM piece * 1048576 + 1 FOR 1048576)"
    " FROM intake_deliveredfile f, generate_series(0, (greatest(f.size, 1) - 1)::int / 1048576) AS piece"
    " WHERE f.size > 0",
    "SET CONSTRAINTS ALL IMMEDIATE",
]


class Migration(migrations.Migration):
    dependencies = (("intake", "0004_files_tables_mending"), ("documents", "0002_walls"))
    operations = (
        migrations.RunSQL(sql=_MOVE, reverse_sql=migrations.RunSQL.noop),
        migrations.RemoveField(model_name="deliveredfile", name="content"),
        migrations.AlterField(
            model_name="deliveredfile",
            name="stored",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.storedfile"
            ),
        ),
        *(
            owned(f"intake_{table}")
            for table in (
                "readtable",
                "readrows",
                "edit",
                "override",
                "waiver",
                "remark",
                "caretaker",
                "differenceline",
            )
        ),
    )
