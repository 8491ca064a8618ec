"""What accepting would do in numbers, and the sender's files with their findings marked, behind their wall."""

import django.db.models.deletion
from django.db import migrations, models

from schakel.sharing.policies import owned


class Migration(migrations.Migration):
    dependencies = (
        ("intake", "0005_walls_and_files"),
        ("documents", "0002_walls"),
        ("network", "0001_initial"),
    )
    operations = (
        migrations.AddField(model_name="delivery", name="compared", field=models.JSONField(default=dict)),
        migrations.CreateModel(
            name="ReturnedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=2)),
                ("examined_at", models.DateTimeField(null=True)),
                ("in_place", models.BooleanField(default=False)),
                ("problem", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField(auto_now=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="returned", to="intake.deliveredfile"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.party"
                    ),
                ),
                (
                    "stored",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.storedfile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("file", "language"), name="returned_file_once"),
                ],
            },
        ),
        owned("intake_returnedfile"),
    )
