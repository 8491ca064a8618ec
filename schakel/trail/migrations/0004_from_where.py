"""From where something was done, whom it concerns and under what agreement; lines that are there keep their form.

A line of form 1 was sealed without these columns, and is verified without them.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trail', '0003_find_acts_by_verb'),
    ]

    operations = [
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('mark', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('salt', models.BinaryField()),
                ('address', models.CharField(max_length=45)),
                ('at', models.DateTimeField()),
                ('owner_id', models.BigIntegerField(null=True)),
                ('person_id', models.BigIntegerField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='channel',
            field=models.CharField(blank=True, choices=[('page', 'page'), ('api', 'API'), ('job', 'background job'), ('command', 'command')], db_default='', max_length=10),
        ),
        migrations.AddField(
            model_name='entry',
            name='concerns_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='entry',
            name='form',
            field=models.SmallIntegerField(db_default=1, default=2),
        ),
        migrations.AlterField(
            model_name='entry',
            name='form',
            field=models.SmallIntegerField(db_default=2, default=2),
        ),
        migrations.AddField(
            model_name='entry',
            name='origin',
            field=models.CharField(blank=True, db_default='', max_length=64),
        ),
        migrations.AddField(
            model_name='entry',
            name='under',
            field=models.CharField(blank=True, db_default='', max_length=40),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('concerns_id__isnull', False)), fields=['concerns_id', 'id'], name='entry_concerns'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('person_id__isnull', False)), fields=['person_id', 'id'], name='entry_of_person'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['objects_ids'], name='entry_objects'),
        ),
        migrations.AddIndex(
            model_name='origin',
            index=models.Index(fields=['at'], name='origin_at'),
        ),
        migrations.AddIndex(
            model_name='origin',
            index=models.Index(fields=['person_id'], name='origin_person'),
        ),
    ]
