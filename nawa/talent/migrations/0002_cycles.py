import django.db.models.deletion
import nawa.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talent', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=nawa.core.ids.public_id, editable=False, max_length=40, unique=True, verbose_name='ID publik')),
                ('month_on', models.DateField(unique=True, verbose_name='hari pertama bulan')),
                ('contest_days', models.PositiveSmallIntegerField(default=7, verbose_name='lama masa sanggah (hari)')),
                ('opened_by', models.CharField(max_length=80, verbose_name='dibuka oleh')),
                ('opened_at', models.DateTimeField(verbose_name='dibuka pada')),
            ],
            options={
                'verbose_name': 'siklus',
                'verbose_name_plural': 'siklus',
            },
        ),
        migrations.CreateModel(
            name='RunStage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('DIHITUNG', 'Dihitung'), ('DIPERIKSA', 'Diperiksa'), ('MASA_SANGGAH', 'Masa sanggah'), ('DIVALIDASI', 'Divalidasi komite'), ('DITETAPKAN', 'Ditetapkan'), ('TERBIT', 'Terbit'), ('DITARIK', 'Ditarik')], max_length=80, verbose_name='tahap')),
                ('after', models.CharField(blank=True, choices=[('DIHITUNG', 'Dihitung'), ('DIPERIKSA', 'Diperiksa'), ('MASA_SANGGAH', 'Masa sanggah'), ('DIVALIDASI', 'Divalidasi komite'), ('DITETAPKAN', 'Ditetapkan'), ('TERBIT', 'Terbit'), ('DITARIK', 'Ditarik')], default='', max_length=80, verbose_name='setelah')),
                ('reached_by', models.CharField(max_length=80, verbose_name='oleh')),
                ('reached_at', models.DateTimeField(verbose_name='pada')),
                ('contest_through', models.DateField(null=True, verbose_name='sanggah sampai dengan')),
                ('number', models.CharField(blank=True, default='', max_length=300, verbose_name='nomor surat')),
                ('dated_on', models.DateField(null=True, verbose_name='tanggal surat')),
                ('reason', models.CharField(blank=True, choices=[('DATA_KELIRU', 'Data sumber keliru'), ('KEBIJAKAN_KELIRU', 'Kebijakan atau tanggal acuan keliru'), ('SANGGAHAN_DITERIMA', 'Sanggahan diterima'), ('PUTUSAN_KOMITE', 'Komite tidak memvalidasi'), ('DIGANTI', 'Diganti hitungan lain')], default='', max_length=80, verbose_name='alasan')),
            ],
            options={
                'verbose_name': 'tahap pemetaan',
                'verbose_name_plural': 'tahap pemetaan',
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=nawa.core.ids.public_id, editable=False, max_length=40, unique=True, verbose_name='ID publik')),
                ('content_type', models.CharField(max_length=80, verbose_name='jenis berkas')),
                ('content', models.BinaryField(verbose_name='isi')),
                ('digest', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('kept_by', models.CharField(max_length=80, verbose_name='disimpan oleh')),
                ('kept_at', models.DateTimeField(verbose_name='disimpan pada')),
            ],
            options={
                'verbose_name': 'pindaian',
                'verbose_name_plural': 'pindaian',
            },
        ),
        migrations.RemoveConstraint(
            model_name='mappingrun',
            name='talent_mappingrun_finished_state',
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='attempts',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='percobaan'),
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='cancel_asked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='diminta batal pada'),
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='cancel_asked_by',
            field=models.CharField(blank=True, default='', max_length=80, verbose_name='diminta batal oleh'),
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='failure',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='sebab gagal'),
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='heartbeat_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='tanda hidup terakhir'),
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='progress',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='kemajuan (persen)'),
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='step',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='langkah'),
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='worker',
            field=models.CharField(blank=True, default='', max_length=40, verbose_name='pekerja'),
        ),
        migrations.AlterField(
            model_name='mappingrun',
            name='state',
            field=models.CharField(choices=[('QUEUED', 'Menunggu'), ('RUNNING', 'Berjalan'), ('SUCCEEDED', 'Selesai'), ('FAILED', 'Gagal'), ('CANCELLED', 'Dibatalkan')], default='QUEUED', max_length=20, verbose_name='keadaan'),
        ),
        migrations.AddConstraint(
            model_name='cycle',
            constraint=models.CheckConstraint(condition=models.Q(('contest_days__range', (1, 90))), name='talent_cycle_contest_days', violation_error_message='Masa sanggah 1 sampai 90 hari.'),
        ),
        migrations.AddField(
            model_name='mappingrun',
            name='cycle',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='talent.cycle', verbose_name='siklus'),
        ),
        migrations.AddConstraint(
            model_name='mappingrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ('QUEUED', 'RUNNING'))), models.Q(models.Q(('state__in', ('QUEUED', 'RUNNING')), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='talent_mappingrun_finished_state', violation_error_message='Proses yang berakhir harus punya waktu akhir, dan hanya itu.'),
        ),
        migrations.AddConstraint(
            model_name='mappingrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heartbeat_at__isnull', False), ('state', 'RUNNING'), models.Q(('worker', ''), _negated=True)), models.Q(models.Q(('state', 'RUNNING'), _negated=True), ('worker', '')), _connector='OR'), name='talent_mappingrun_leased', violation_error_message='Proses yang berjalan, dan hanya itu, dipegang seorang pekerja.'),
        ),
        migrations.AddConstraint(
            model_name='mappingrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancel_asked_at__isnull', True), ('cancel_asked_by', '')), models.Q(models.Q(('cancel_asked_by', ''), _negated=True), ('cancel_asked_at__isnull', False)), _connector='OR'), name='talent_mappingrun_cancel_asked', violation_error_message='Peminta pembatalan dan waktunya harus diisi bersama.'),
        ),
        migrations.AddConstraint(
            model_name='mappingrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'FAILED'), models.Q(('failure', ''), _negated=True)), models.Q(models.Q(('state', 'FAILED'), _negated=True), ('failure', '')), _connector='OR'), name='talent_mappingrun_failure', violation_error_message='Proses yang gagal, dan hanya itu, menyebut sebabnya.'),
        ),
        migrations.AddConstraint(
            model_name='mappingrun',
            constraint=models.CheckConstraint(condition=models.Q(('progress__lte', 100)), name='talent_mappingrun_progress', violation_error_message='Kemajuan paling banyak 100 persen.'),
        ),
        migrations.AddField(
            model_name='runstage',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='talent.mappingrun', verbose_name='pemetaan'),
        ),
        migrations.AddField(
            model_name='runstage',
            name='scan',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='talent.scan', verbose_name='pindaian'),
        ),
        migrations.AddConstraint(
            model_name='runstage',
            constraint=models.UniqueConstraint(fields=('run', 'stage'), name='talent_runstage_once', violation_error_message='Pemetaan ini sudah melewati tahap itu.'),
        ),
        migrations.AddConstraint(
            model_name='runstage',
            constraint=models.UniqueConstraint(fields=('run', 'after'), name='talent_runstage_one_way', violation_error_message='Pemetaan ini sudah meninggalkan tahap itu.'),
        ),
        migrations.AddConstraint(
            model_name='runstage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('dated_on__isnull', False), ('scan__isnull', False), ('stage__in', ['DITETAPKAN', 'DIVALIDASI']), models.Q(('number', ''), _negated=True)), models.Q(models.Q(('stage__in', ['DITETAPKAN', 'DIVALIDASI']), _negated=True), ('dated_on__isnull', True), ('number', ''), ('scan__isnull', True)), _connector='OR'), name='talent_runstage_letter', violation_error_message='Berita acara dan keputusan disebut nomor dan tanggalnya, dengan pindaiannya.'),
        ),
        migrations.AddConstraint(
            model_name='runstage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contest_through__isnull', False), ('stage', 'MASA_SANGGAH')), models.Q(models.Q(('stage', 'MASA_SANGGAH'), _negated=True), ('contest_through__isnull', True)), _connector='OR'), name='talent_runstage_contest', violation_error_message='Masa sanggah, dan hanya itu, punya hari terakhir.'),
        ),
        migrations.AddConstraint(
            model_name='runstage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'DITARIK'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('stage', 'DITARIK'), _negated=True), ('reason', '')), _connector='OR'), name='talent_runstage_reason', violation_error_message='Penarikan, dan hanya itu, menyebut alasannya.'),
        ),
    ]
