"""Gives each run of before the cycle of its month, and the one stage that it has certainly reached."""

from django.db import migrations


def into_cycles(apps, schema_editor):
    cycles, runs, stages = (apps.get_model('talent', name).objects for name in ('Cycle', 'MappingRun', 'RunStage'))
    for run in runs.filter(cycle__isnull=True).order_by('on', 'id'):
        opened = {'opened_by': run.started_by, 'opened_at': run.started_at}
        cycle, _ = cycles.get_or_create(month_on=run.on.replace(day=1), defaults=opened)
        runs.filter(pk=run.pk).update(cycle=cycle)
        if run.state == 'SUCCEEDED':
            stages.create(run_id=run.pk, stage='DIHITUNG', reached_by=run.started_by, reached_at=run.finished_at)


class Migration(migrations.Migration):

    dependencies = [
        ('talent', '0002_cycles'),
    ]

    operations = [
        migrations.RunPython(into_cycles, migrations.RunPython.noop),
    ]
