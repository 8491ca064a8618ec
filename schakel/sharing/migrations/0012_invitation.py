"""Invitations by mail."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0004_people'),
        ('sharing', '0011_people_walls'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(max_length=120)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('reader', 'reader'), ('adviser-innovation', 'adviser, innovation'), ('adviser-trade', 'adviser, trade'), ('adviser-foreign', 'adviser, foreign investors'), ('investment-manager', 'investment manager'), ('steward', 'data steward'), ('programme-manager', 'programme manager'), ('party-administrator', 'party administrator'), ('secretary', 'secretariat'), ('identity-steward', 'identity steward'), ('auditor', 'auditor'), ('system-administrator', 'system administrator')], max_length=20), size=None)),
                ('until', models.DateTimeField(null=True)),
                ('language', models.CharField(default='nl', max_length=2)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('digest', models.CharField(max_length=64, null=True, unique=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=500)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('accepted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.party')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.party')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-made_at', '-pk'),
                'indexes': [models.Index(fields=['owner', 'next_try_at'], name='invitation_to_send')],
                'constraints': [models.CheckConstraint(condition=models.Q(('roles__len__gt', 0)), name='invitation_to_some_role'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True), _connector='OR'), name='invitation_ends_once'), models.CheckConstraint(condition=models.Q(('digest__isnull', True), models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), _connector='OR'), name='invitation_that_ended_opens_nothing')],
            },
        ),
    ]
