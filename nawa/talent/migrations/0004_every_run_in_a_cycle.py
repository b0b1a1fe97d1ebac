import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talent', '0003_runs_into_cycles'),
    ]

    operations = [
        migrations.AlterField(
            model_name='mappingrun',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='talent.cycle', verbose_name='siklus'),
        ),
        migrations.AddConstraint(
            model_name='mappingrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('QUEUED', 'RUNNING'))), fields=('cycle',), name='talent_mappingrun_one_open', violation_error_message='Dalam siklus ini masih ada pemetaan yang berjalan.'),
        ),
    ]
