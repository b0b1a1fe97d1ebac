import django.db.models.deletion
import django.db.models.functions.comparison
import nawa.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('registry', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='MappingRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=nawa.core.ids.public_id, editable=False, max_length=40, unique=True, verbose_name='ID publik')),
                ('state', models.CharField(choices=[('RUNNING', 'Berjalan'), ('SUCCEEDED', 'Selesai'), ('FAILED', 'Gagal')], default='RUNNING', max_length=20, verbose_name='keadaan')),
                ('started_by', models.CharField(max_length=80, verbose_name='dimulai oleh')),
                ('started_at', models.DateTimeField(verbose_name='dimulai pada')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='berakhir pada')),
                ('on', models.DateField(verbose_name='tanggal acuan')),
                ('policy_id', models.CharField(max_length=80, verbose_name='kebijakan')),
                ('policy_version', models.CharField(max_length=80, verbose_name='versi kebijakan')),
                ('policy_hash', models.CharField(max_length=64, verbose_name='SHA-256 kebijakan')),
                ('policy_label', models.CharField(max_length=300, verbose_name='nama kebijakan')),
                ('policy_text', models.TextField(verbose_name='isi kebijakan')),
                ('stamp', models.CharField(blank=True, default='', max_length=300, verbose_name='catatan pada setiap keluaran')),
                ('engine_version', models.CharField(max_length=80, verbose_name='versi mesin')),
                ('seed', models.BigIntegerField(verbose_name='benih')),
                ('key', models.CharField(max_length=64, verbose_name='kunci komitmen')),
                ('people', models.IntegerField(default=0, verbose_name='jumlah pegawai')),
                ('inputs_root', models.CharField(blank=True, default='', max_length=64, verbose_name='akar masukan')),
                ('results_hash', models.CharField(blank=True, default='', max_length=64, verbose_name='SHA-256 hasil')),
                ('record', models.TextField(blank=True, default='', verbose_name='catatan proses')),
            ],
            options={
                'verbose_name': 'pemetaan',
                'verbose_name_plural': 'pemetaan',
                'indexes': [models.Index(fields=['finished_at'], name='talent_run_finished')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state', 'RUNNING')), models.Q(models.Q(('state', 'RUNNING'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='talent_mappingrun_finished_state', violation_error_message='Proses yang berakhir harus punya waktu akhir, dan hanya itu.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'SUCCEEDED'), _negated=True), models.Q(models.Q(('inputs_root', ''), _negated=True), models.Q(('results_hash', ''), _negated=True), models.Q(('record', ''), _negated=True)), _connector='OR'), name='talent_mappingrun_proved', violation_error_message='Pemetaan yang selesai punya akar masukan, hash hasil, dan catatan proses.')],
            },
        ),
        migrations.CreateModel(
            name='EarlierMap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('period', models.CharField(max_length=80, verbose_name='periode')),
                ('box', models.IntegerField(blank=True, null=True, verbose_name='kotak')),
                ('performance_score', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='nilai kinerja')),
                ('potential_score', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='nilai potensial')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_maps', to='registry.person', verbose_name='pegawai')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='talent_earliermap_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='talent_earliermap_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('person', 'period'), name='talent_earliermap_key', violation_error_message='Sudah ada baris dengan nip, periode yang sama.'), models.CheckConstraint(condition=models.Q(('box__isnull', True), models.Q(('box__gte', 1), ('box__lte', 9)), _connector='OR'), name='talent_earliermap_box_bounds', violation_error_message='Kolom kotak harus antara 1 dan 9.'), models.CheckConstraint(condition=models.Q(('performance_score__isnull', True), models.Q(('performance_score__gte', 0), ('performance_score__lte', 120)), _connector='OR'), name='talent_earliermap_performance_score_bounds', violation_error_message='Kolom nilai_kinerja harus antara 0 dan 120.'), models.CheckConstraint(condition=models.Q(('potential_score__isnull', True), models.Q(('potential_score__gte', 0), ('potential_score__lte', 120)), _connector='OR'), name='talent_earliermap_potential_score_bounds', violation_error_message='Kolom nilai_potensial harus antara 0 dan 120.')],
            },
        ),
        migrations.CreateModel(
            name='EarlierPool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('period', models.CharField(max_length=80, verbose_name='periode')),
                ('position_code', models.CharField(blank=True, default='', max_length=80, verbose_name='kode jabatan')),
                ('order', models.IntegerField(blank=True, null=True, verbose_name='urutan')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_pools', to='registry.person', verbose_name='pegawai')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='talent_earlierpool_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='talent_earlierpool_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('person', 'period'), name='talent_earlierpool_key', violation_error_message='Sudah ada baris dengan nip, periode yang sama.'), models.CheckConstraint(condition=models.Q(('order__isnull', True), ('order__gte', 1), _connector='OR'), name='talent_earlierpool_order_bounds', violation_error_message='Kolom urutan paling sedikit 1.')],
            },
        ),
        migrations.CreateModel(
            name='MappingResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('staff_kind', models.CharField(blank=True, default='', max_length=80, verbose_name='jenis pegawai')),
                ('candidate', models.BooleanField(verbose_name='dapat menjadi calon')),
                ('status', models.CharField(max_length=80, verbose_name='status')),
                ('performance_score', models.BigIntegerField(null=True, verbose_name='nilai kinerja')),
                ('performance_class', models.CharField(blank=True, default='', max_length=80, verbose_name='kelas kinerja')),
                ('potential_score', models.BigIntegerField(null=True, verbose_name='nilai potensial')),
                ('potential_class', models.CharField(blank=True, default='', max_length=80, verbose_name='kelas potensial')),
                ('talent_score_e6', models.BigIntegerField(null=True, verbose_name='nilai talenta')),
                ('box', models.SmallIntegerField(null=True, verbose_name='kotak')),
                ('box_lowest', models.SmallIntegerField(null=True, verbose_name='kotak terendah')),
                ('box_highest', models.SmallIntegerField(null=True, verbose_name='kotak tertinggi')),
                ('performance_completeness_e4', models.IntegerField(verbose_name='kelengkapan kinerja')),
                ('potential_completeness_e4', models.IntegerField(verbose_name='kelengkapan potensial')),
                ('completeness_e4', models.IntegerField(verbose_name='kelengkapan')),
                ('missing', models.JSONField(null=True, verbose_name='kurang')),
                ('follow_ups', models.JSONField(null=True, verbose_name='tindak lanjut')),
                ('pool_tiers', models.JSONField(null=True, verbose_name='jenjang sasaran')),
                ('probabilities', models.JSONField(verbose_name='peluang kotak')),
                ('components', models.JSONField(verbose_name='komponen')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person', verbose_name='pegawai')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.position', verbose_name='jabatan')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.unit', verbose_name='unit')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='talent.mappingrun', verbose_name='pemetaan')),
            ],
            options={
                'verbose_name': 'hasil pemetaan',
                'verbose_name_plural': 'hasil pemetaan',
                'indexes': [models.Index(fields=['run', 'box', 'status'], name='talent_result_box')],
                'constraints': [models.UniqueConstraint(fields=('run', 'person'), name='talent_mappingresult_key', violation_error_message='Pegawai ini sudah punya hasil dalam pemetaan itu.'), models.CheckConstraint(condition=models.Q(models.Q(('box__isnull', True), ('box_highest__isnull', True), ('box_lowest__isnull', True)), models.Q(('box__range', (1, 9)), ('box_highest__range', (1, 9)), ('box_lowest__range', (1, 9))), _connector='OR'), name='talent_mappingresult_box', violation_error_message='Kotak 1 sampai 9 diisi bersama batas bawah dan atasnya, atau semuanya kosong.')],
            },
        ),
        migrations.CreateModel(
            name='MappingInput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=80, verbose_name='tabel')),
                ('content', models.BinaryField(verbose_name='isi')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='talent.mappingrun', verbose_name='pemetaan')),
            ],
            options={
                'verbose_name': 'masukan pemetaan',
                'verbose_name_plural': 'masukan pemetaan',
                'constraints': [models.UniqueConstraint(fields=('run', 'table'), name='talent_mappinginput_key', violation_error_message='Tabel ini sudah tersimpan untuk pemetaan itu.')],
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('order', models.IntegerField(blank=True, null=True, verbose_name='urutan')),
                ('willing_to_move', models.BooleanField(blank=True, null=True, verbose_name='bersedia pindah')),
                ('not_before', models.DateField(blank=True, null=True, verbose_name='tidak sebelum')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='preferences', to='registry.person', verbose_name='pegawai')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.position', verbose_name='jabatan')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.unit', verbose_name='unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='talent_preference_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='talent_preference_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(models.F('person'), django.db.models.functions.comparison.Coalesce('position', models.Value(0, output_field=models.IntegerField())), django.db.models.functions.comparison.Coalesce('unit', models.Value(0, output_field=models.IntegerField())), name='talent_preference_key', violation_error_message='Sudah ada baris dengan nip, jabatan_kode, unit_kode yang sama.'), models.CheckConstraint(condition=models.Q(('order__isnull', True), models.Q(('order__gte', 1), ('order__lte', 100)), _connector='OR'), name='talent_preference_order_bounds', violation_error_message='Kolom urutan harus antara 1 dan 100.'), models.CheckConstraint(condition=models.Q(('position__isnull', False), ('unit__isnull', False), _connector='OR'), name='talent_preference_one_of', violation_error_message='Isi sedikitnya satu dari: jabatan_kode, unit_kode.')],
            },
        ),
    ]
