import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import nawa.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CompetencyStandard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('position_code', models.CharField(max_length=80, verbose_name='kode jabatan atau jenjang')),
                ('competency', models.CharField(max_length=80, verbose_name='kompetensi')),
                ('level', models.IntegerField(verbose_name='level')),
                ('weight', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='bobot')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_competencystandard_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_competencystandard_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('position_code', 'competency'), name='registry_competencystandard_key', violation_error_message='Sudah ada baris dengan jabatan_kode, kompetensi yang sama.'), models.CheckConstraint(condition=models.Q(('competency__in', ['INTEGRITAS', 'KERJA_SAMA', 'KOMUNIKASI', 'ORIENTASI_PADA_HASIL', 'PELAYANAN_PUBLIK', 'PENGEMBANGAN_DIRI_DAN_ORANG_LAIN', 'MENGELOLA_PERUBAHAN', 'PENGAMBILAN_KEPUTUSAN', 'PEREKAT_BANGSA'])), name='registry_competencystandard_competency_code', violation_error_message='Kolom kompetensi diisi salah satu dari: INTEGRITAS, KERJA_SAMA, KOMUNIKASI, ORIENTASI_PADA_HASIL, PELAYANAN_PUBLIK, PENGEMBANGAN_DIRI_DAN_ORANG_LAIN, MENGELOLA_PERUBAHAN, PENGAMBILAN_KEPUTUSAN, PEREKAT_BANGSA.'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='registry_competencystandard_level_bounds', violation_error_message='Kolom level harus antara 1 dan 5.'), models.CheckConstraint(condition=models.Q(('weight__isnull', True), ('weight__gte', 0), _connector='OR'), name='registry_competencystandard_weight_bounds', violation_error_message='Kolom bobot paling sedikit 0.')],
            },
        ),
        migrations.CreateModel(
            name='FieldOfStudy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('major', models.CharField(max_length=300, verbose_name='jurusan')),
                ('field', models.CharField(max_length=300, verbose_name='bidang ilmu')),
                ('related_fields', models.JSONField(blank=True, default=list, verbose_name='serumpun')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_fieldofstudy_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_fieldofstudy_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('major',), name='registry_fieldofstudy_key', violation_error_message='Sudah ada baris dengan jurusan yang sama.')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('code', models.CharField(max_length=80, verbose_name='kode')),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('kind', models.CharField(blank=True, default='', max_length=80, verbose_name='jenis')),
                ('area', models.CharField(blank=True, default='', max_length=300, verbose_name='wilayah')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='berlaku mulai')),
                ('valid_through', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('successor_code', models.CharField(blank=True, default='', max_length=80, verbose_name='kode pengganti')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='registry.unit', verbose_name='induk')),
            ],
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('code', models.CharField(max_length=80, verbose_name='kode')),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('tier', models.CharField(max_length=80, verbose_name='jenjang')),
                ('echelon', models.CharField(blank=True, default='', max_length=80, verbose_name='eselon')),
                ('job_class', models.IntegerField(blank=True, null=True, verbose_name='kelas')),
                ('family', models.CharField(blank=True, default='', max_length=300, verbose_name='rumpun')),
                ('work_field', models.CharField(blank=True, default='', max_length=300, verbose_name='bidang tugas')),
                ('seats', models.IntegerField(blank=True, null=True, verbose_name='formasi')),
                ('critical', models.BooleanField(blank=True, null=True, verbose_name='kritikal')),
                ('least_education', models.CharField(blank=True, default='', max_length=80, verbose_name='pendidikan minimal')),
                ('fields_of_study', models.JSONField(blank=True, default=list, verbose_name='bidang ilmu')),
                ('least_rank', models.CharField(blank=True, default='', max_length=80, verbose_name='pangkat minimal')),
                ('retirement_age', models.IntegerField(blank=True, null=True, verbose_name='batas usia pensiun')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='berlaku mulai')),
                ('valid_through', models.DateField(blank=True, null=True, verbose_name='berlaku sampai')),
                ('successor_code', models.CharField(blank=True, default='', max_length=80, verbose_name='kode pengganti')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='registry.unit', verbose_name='unit')),
            ],
        ),
        migrations.CreateModel(
            name='PlannedVacancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('description', models.TextField(blank=True, default='', verbose_name='uraian')),
                ('priority', models.IntegerField(blank=True, null=True, verbose_name='prioritas')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='mulai')),
                ('reason', models.TextField(blank=True, default='', verbose_name='alasan')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned_vacancies', to='registry.position', verbose_name='jabatan')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.unit', verbose_name='unit')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=nawa.core.ids.public_id, editable=False, max_length=40, unique=True, verbose_name='ID publik')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('nip', models.CharField(max_length=18, verbose_name='NIP')),
                ('name', models.CharField(max_length=300, verbose_name='nama')),
                ('front_title', models.CharField(blank=True, default='', max_length=300, verbose_name='gelar depan')),
                ('back_title', models.CharField(blank=True, default='', max_length=300, verbose_name='gelar belakang')),
                ('staff_kind', models.CharField(blank=True, default='', max_length=80, verbose_name='jenis pegawai')),
                ('sex', models.CharField(blank=True, default='', max_length=80, verbose_name='jenis kelamin')),
                ('born_on', models.DateField(blank=True, null=True, verbose_name='tanggal lahir')),
                ('rank', models.CharField(blank=True, default='', max_length=80, verbose_name='golongan')),
                ('rank_since', models.DateField(blank=True, null=True, verbose_name='TMT golongan')),
                ('candidate_since', models.DateField(blank=True, null=True, verbose_name='TMT CPNS')),
                ('permanent_since', models.DateField(blank=True, null=True, verbose_name='TMT PNS')),
                ('position_name', models.CharField(blank=True, default='', max_length=300, verbose_name='nama jabatan')),
                ('position_since', models.DateField(blank=True, null=True, verbose_name='TMT jabatan')),
                ('inaugurated_on', models.DateField(blank=True, null=True, verbose_name='tanggal pelantikan')),
                ('retires_on', models.DateField(blank=True, null=True, verbose_name='TMT pensiun')),
                ('legal_status', models.CharField(blank=True, default='', max_length=80, verbose_name='kedudukan hukum')),
                ('inactive_since', models.DateField(blank=True, null=True, verbose_name='tidak aktif sejak')),
                ('home_district', models.CharField(blank=True, default='', max_length=300, verbose_name='kecamatan domisili')),
                ('disability', models.BooleanField(blank=True, null=True, verbose_name='disabilitas')),
                ('email', models.CharField(blank=True, default='', max_length=300, verbose_name='email')),
                ('phone', models.CharField(blank=True, default='', max_length=300, verbose_name='telepon')),
                ('superior_nip', models.CharField(blank=True, default='', max_length=18, verbose_name='NIP atasan')),
                ('verified_none', models.JSONField(blank=True, default=list, verbose_name='nihil terverifikasi')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='registry.position', verbose_name='jabatan definitif')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='registry.unit', verbose_name='unit')),
            ],
        ),
        migrations.CreateModel(
            name='UnitNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('description', models.TextField(blank=True, default='', verbose_name='uraian')),
                ('priority', models.IntegerField(blank=True, null=True, verbose_name='prioritas')),
                ('started_on', models.DateField(blank=True, null=True, verbose_name='mulai')),
                ('reason', models.TextField(blank=True, default='', verbose_name='alasan')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.position', verbose_name='jabatan')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='registry.unit', verbose_name='unit')),
            ],
        ),
        migrations.CreateModel(
            name='Education',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('level', models.CharField(max_length=80, verbose_name='tingkat')),
                ('major', models.CharField(blank=True, default='', max_length=300, verbose_name='jurusan')),
                ('field', models.CharField(blank=True, default='', max_length=300, verbose_name='bidang ilmu')),
                ('institution', models.CharField(blank=True, default='', max_length=300, verbose_name='institusi')),
                ('graduated_in', models.IntegerField(blank=True, null=True, verbose_name='tahun lulus')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='educations', to='registry.person', verbose_name='pegawai')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_education_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_education_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('person', 'level', 'major'), name='registry_education_key', violation_error_message='Sudah ada baris dengan nip, tingkat, jurusan yang sama.'), models.CheckConstraint(condition=models.Q(('level__in', ['SD', 'SMP', 'SLTA', 'D1', 'D2', 'D3', 'D4', 'S1', 'PROFESI', 'S2', 'SPESIALIS', 'S3'])), name='registry_education_level_code', violation_error_message='Kolom tingkat diisi salah satu dari: SD, SMP, SLTA, D1, D2, D3, D4, S1, PROFESI, S2, SPESIALIS, S3.'), models.CheckConstraint(condition=models.Q(('graduated_in__isnull', True), models.Q(('graduated_in__gte', 1950), ('graduated_in__lte', 2100)), _connector='OR'), name='registry_education_graduated_in_bounds', violation_error_message='Kolom tahun_lulus harus antara 1950 dan 2100.')],
            },
        ),
        migrations.CreateModel(
            name='CareerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('title', models.CharField(max_length=300, verbose_name='jabatan')),
                ('position_code', models.CharField(blank=True, default='', max_length=80, verbose_name='kode jabatan')),
                ('tier', models.CharField(blank=True, default='', max_length=80, verbose_name='jenjang')),
                ('echelon', models.CharField(blank=True, default='', max_length=80, verbose_name='eselon')),
                ('unit', models.CharField(blank=True, default='', max_length=300, verbose_name='unit')),
                ('work_field', models.CharField(blank=True, default='', max_length=300, verbose_name='bidang tugas')),
                ('institution', models.CharField(blank=True, default='', max_length=300, verbose_name='instansi')),
                ('started_on', models.DateField(verbose_name='mulai')),
                ('ended_through', models.DateField(blank=True, null=True, verbose_name='selesai')),
                ('inaugurated_on', models.DateField(blank=True, null=True, verbose_name='tanggal pelantikan')),
                ('assignment', models.CharField(blank=True, default='', max_length=80, verbose_name='penugasan')),
                ('decree_number', models.CharField(blank=True, default='', max_length=300, verbose_name='nomor SK')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='career', to='registry.person', verbose_name='pegawai')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_careerentry_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_careerentry_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('person', 'title', 'started_on'), name='registry_careerentry_key', violation_error_message='Sudah ada baris dengan nip, jabatan, mulai yang sama.'), models.CheckConstraint(condition=models.Q(('tier__in', ['JPT_MADYA', 'JPT_PRATAMA', 'ADMINISTRATOR', 'PENGAWAS', 'PELAKSANA', 'JF_AHLI_UTAMA', 'JF_AHLI_MADYA', 'JF_AHLI_MUDA', 'JF_AHLI_PERTAMA', 'JF_PENYELIA', 'JF_MAHIR', 'JF_TERAMPIL', 'JF_PEMULA', ''])), name='registry_careerentry_tier_code', violation_error_message='Kolom jenjang diisi salah satu dari: JPT_MADYA, JPT_PRATAMA, ADMINISTRATOR, PENGAWAS, PELAKSANA, JF_AHLI_UTAMA, JF_AHLI_MADYA, JF_AHLI_MUDA, JF_AHLI_PERTAMA, JF_PENYELIA, JF_MAHIR, JF_TERAMPIL, JF_PEMULA.'), models.CheckConstraint(condition=models.Q(('echelon__in', ['I.a', 'I.b', 'II.a', 'II.b', 'III.a', 'III.b', 'IV.a', 'IV.b', 'V.a', 'V.b', ''])), name='registry_careerentry_echelon_code', violation_error_message='Kolom eselon diisi salah satu dari: I.a, I.b, II.a, II.b, III.a, III.b, IV.a, IV.b, V.a, V.b.'), models.CheckConstraint(condition=models.Q(('assignment__in', ['D', 'PLT', 'PLH', 'PJ', 'TT', ''])), name='registry_careerentry_assignment_code', violation_error_message='Kolom penugasan diisi salah satu dari: D, PLT, PLH, PJ, TT.'), models.CheckConstraint(condition=models.Q(('ended_through__isnull', True), ('started_on__isnull', True), ('ended_through__gte', models.F('started_on')), _connector='OR'), name='registry_careerentry_ended_through_in_order', violation_error_message='Tanggal akhir tidak boleh sebelum tanggal mulai.')],
            },
        ),
        migrations.CreateModel(
            name='CriticalPositionCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('criterion', models.CharField(max_length=300, verbose_name='kriteria')),
                ('value', models.IntegerField(verbose_name='nilai')),
                ('reason', models.TextField(blank=True, default='', verbose_name='alasan')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='criteria', to='registry.position', verbose_name='jabatan')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_criticalpositioncriterion_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_criticalpositioncriterion_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('position', 'criterion'), name='registry_criticalpositioncriterion_key', violation_error_message='Sudah ada baris dengan jabatan_kode, kriteria yang sama.'), models.CheckConstraint(condition=models.Q(('value__gte', 1), ('value__lte', 5)), name='registry_criticalpositioncriterion_value_bounds', violation_error_message='Kolom nilai harus antara 1 dan 5.')],
            },
        ),
        migrations.CreateModel(
            name='ActingAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('kind', models.CharField(max_length=80, verbose_name='jenis')),
                ('started_on', models.DateField(verbose_name='mulai')),
                ('ended_through', models.DateField(blank=True, null=True, verbose_name='selesai')),
                ('letter_number', models.CharField(blank=True, default='', max_length=300, verbose_name='nomor surat perintah')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acting_assignments', to='registry.person', verbose_name='pegawai')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acting_holders', to='registry.position', verbose_name='jabatan')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_actingassignment_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_actingassignment_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('person', 'position', 'kind', 'started_on'), name='registry_actingassignment_key', violation_error_message='Sudah ada baris dengan nip, jabatan_kode, jenis, mulai yang sama.'), models.CheckConstraint(condition=models.Q(('kind__in', ['PLT', 'PLH', 'PJ', 'TT'])), name='registry_actingassignment_kind_code', violation_error_message='Kolom jenis diisi salah satu dari: PLT, PLH, PJ, TT.'), models.CheckConstraint(condition=models.Q(('ended_through__isnull', True), ('started_on__isnull', True), ('ended_through__gte', models.F('started_on')), _connector='OR'), name='registry_actingassignment_ended_through_in_order', violation_error_message='Tanggal akhir tidak boleh sebelum tanggal mulai.')],
            },
        ),
        migrations.CreateModel(
            name='PositionRequirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('requirement', models.CharField(max_length=300, verbose_name='syarat')),
                ('value', models.TextField(blank=True, default='', verbose_name='nilai')),
                ('legal_basis', models.TextField(blank=True, default='', verbose_name='dasar hukum')),
                ('approving_party', models.CharField(blank=True, default='', max_length=300, verbose_name='pihak yang menyetujui')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='registry.position', verbose_name='jabatan')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_positionrequirement_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_positionrequirement_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('position', 'requirement'), name='registry_positionrequirement_key', violation_error_message='Sudah ada baris dengan jabatan_kode, syarat yang sama.')],
            },
        ),
        migrations.CreateModel(
            name='RankEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('rank', models.CharField(max_length=80, verbose_name='golongan')),
                ('since', models.DateField(verbose_name='TMT')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ranks', to='registry.person', verbose_name='pegawai')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_rankentry_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_rankentry_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('person', 'rank'), name='registry_rankentry_key', violation_error_message='Sudah ada baris dengan nip, golongan yang sama.'), models.CheckConstraint(condition=models.Q(('rank__in', ['I/a', 'I/b', 'I/c', 'I/d', 'II/a', 'II/b', 'II/c', 'II/d', 'III/a', 'III/b', 'III/c', 'III/d', 'IV/a', 'IV/b', 'IV/c', 'IV/d', 'IV/e', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV', 'XVI', 'XVII'])), name='registry_rankentry_rank_code', violation_error_message='Kolom golongan diisi salah satu dari: I/a, I/b, I/c, I/d, II/a, II/b, II/c, II/d, III/a, III/b, III/c, III/d, IV/a, IV/b, IV/c, IV/d, IV/e, I, II, III, IV, V, VI, VII, VIII, IX, X, XI, XII, XIII, XIV, XV, XVI, XVII.')],
            },
        ),
        migrations.CreateModel(
            name='Relative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=20, verbose_name='sumber')),
                ('import_id', models.CharField(blank=True, default='', max_length=40, verbose_name='ID impor')),
                ('verified_by', models.CharField(blank=True, default='', max_length=80, verbose_name='diverifikasi oleh')),
                ('verified_at', models.DateTimeField(blank=True, null=True, verbose_name='diverifikasi pada')),
                ('kinship', models.CharField(blank=True, default='', max_length=80, verbose_name='hubungan')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relatives', to='registry.person', verbose_name='pegawai')),
                ('relative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.person', verbose_name='kerabat')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_relative_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_relative_has_source', violation_error_message='Sumber data harus disebut.'), models.UniqueConstraint(fields=('person', 'relative'), name='registry_relative_key', violation_error_message='Sudah ada baris dengan nip, nip_kerabat yang sama.'), models.CheckConstraint(condition=models.Q(('kinship__in', ['SUAMI_ISTRI', 'ORANG_TUA_ANAK', 'SAUDARA', ''])), name='registry_relative_kinship_code', violation_error_message='Kolom hubungan diisi salah satu dari: SUAMI_ISTRI, ORANG_TUA_ANAK, SAUDARA.'), models.CheckConstraint(condition=models.Q(('person', models.F('relative')), _negated=True), name='registry_relative_somebody_else', violation_error_message='Pegawai tidak dapat menjadi kerabat dirinya sendiri.')],
            },
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_unit_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_unit_has_source', violation_error_message='Sumber data harus disebut.'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(fields=('code',), name='registry_unit_key', violation_error_message='Sudah ada baris dengan kode yang sama.'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['OPD', 'BAGIAN', 'BIDANG', 'SEKSI', 'KECAMATAN', 'KELURAHAN', 'UPTD', 'SEKOLAH', 'PUSKESMAS', 'LAINNYA', ''])), name='registry_unit_kind_code', violation_error_message='Kolom jenis diisi salah satu dari: OPD, BAGIAN, BIDANG, SEKSI, KECAMATAN, KELURAHAN, UPTD, SEKOLAH, PUSKESMAS, LAINNYA.'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_through__isnull', True), ('valid_from__isnull', True), ('valid_through__gte', models.F('valid_from')), _connector='OR'), name='registry_unit_valid_through_in_order', violation_error_message='Tanggal akhir tidak boleh sebelum tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='registry_unit_not_its_own_parent', violation_error_message='Unit tidak boleh menjadi induk dirinya sendiri.'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(fields=['tier'], name='registry_position_tier'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_position_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_position_has_source', violation_error_message='Sumber data harus disebut.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(fields=('code',), name='registry_position_key', violation_error_message='Sudah ada baris dengan kode yang sama.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', ['JPT_MADYA', 'JPT_PRATAMA', 'ADMINISTRATOR', 'PENGAWAS', 'PELAKSANA', 'JF_AHLI_UTAMA', 'JF_AHLI_MADYA', 'JF_AHLI_MUDA', 'JF_AHLI_PERTAMA', 'JF_PENYELIA', 'JF_MAHIR', 'JF_TERAMPIL', 'JF_PEMULA'])), name='registry_position_tier_code', violation_error_message='Kolom jenjang diisi salah satu dari: JPT_MADYA, JPT_PRATAMA, ADMINISTRATOR, PENGAWAS, PELAKSANA, JF_AHLI_UTAMA, JF_AHLI_MADYA, JF_AHLI_MUDA, JF_AHLI_PERTAMA, JF_PENYELIA, JF_MAHIR, JF_TERAMPIL, JF_PEMULA.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('echelon__in', ['I.a', 'I.b', 'II.a', 'II.b', 'III.a', 'III.b', 'IV.a', 'IV.b', 'V.a', 'V.b', ''])), name='registry_position_echelon_code', violation_error_message='Kolom eselon diisi salah satu dari: I.a, I.b, II.a, II.b, III.a, III.b, IV.a, IV.b, V.a, V.b.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('job_class__isnull', True), models.Q(('job_class__gte', 1), ('job_class__lte', 17)), _connector='OR'), name='registry_position_job_class_bounds', violation_error_message='Kolom kelas harus antara 1 dan 17.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('seats__isnull', True), models.Q(('seats__gte', 1), ('seats__lte', 100000)), _connector='OR'), name='registry_position_seats_bounds', violation_error_message='Kolom formasi harus antara 1 dan 100000.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('least_education__in', ['SD', 'SMP', 'SLTA', 'D1', 'D2', 'D3', 'D4', 'S1', 'PROFESI', 'S2', 'SPESIALIS', 'S3', ''])), name='registry_position_least_education_code', violation_error_message='Kolom pendidikan_min diisi salah satu dari: SD, SMP, SLTA, D1, D2, D3, D4, S1, PROFESI, S2, SPESIALIS, S3.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('least_rank__in', ['I/a', 'I/b', 'I/c', 'I/d', 'II/a', 'II/b', 'II/c', 'II/d', 'III/a', 'III/b', 'III/c', 'III/d', 'IV/a', 'IV/b', 'IV/c', 'IV/d', 'IV/e', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV', 'XVI', 'XVII', ''])), name='registry_position_least_rank_code', violation_error_message='Kolom pangkat_min diisi salah satu dari: I/a, I/b, I/c, I/d, II/a, II/b, II/c, II/d, III/a, III/b, III/c, III/d, IV/a, IV/b, IV/c, IV/d, IV/e, I, II, III, IV, V, VI, VII, VIII, IX, X, XI, XII, XIII, XIV, XV, XVI, XVII.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('retirement_age__isnull', True), models.Q(('retirement_age__gte', 50), ('retirement_age__lte', 75)), _connector='OR'), name='registry_position_retirement_age_bounds', violation_error_message='Kolom bup harus antara 50 dan 75.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('valid_through__isnull', True), ('valid_from__isnull', True), ('valid_through__gte', models.F('valid_from')), _connector='OR'), name='registry_position_valid_through_in_order', violation_error_message='Tanggal akhir tidak boleh sebelum tanggal mulai.'),
        ),
        migrations.AddConstraint(
            model_name='plannedvacancy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_plannedvacancy_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'),
        ),
        migrations.AddConstraint(
            model_name='plannedvacancy',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_plannedvacancy_has_source', violation_error_message='Sumber data harus disebut.'),
        ),
        migrations.AddConstraint(
            model_name='plannedvacancy',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Coalesce('unit', models.Value(0, output_field=models.IntegerField())), models.F('position'), django.db.models.functions.comparison.Coalesce('started_on', models.Value(datetime.date(1, 1, 1), output_field=models.DateField())), name='registry_plannedvacancy_key', violation_error_message='Sudah ada baris dengan unit_kode, jabatan_kode, mulai yang sama.'),
        ),
        migrations.AddConstraint(
            model_name='plannedvacancy',
            constraint=models.CheckConstraint(condition=models.Q(('priority__isnull', True), models.Q(('priority__gte', 1), ('priority__lte', 5)), _connector='OR'), name='registry_plannedvacancy_priority_bounds', violation_error_message='Kolom prioritas harus antara 1 dan 5.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_person_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_person_has_source', violation_error_message='Sumber data harus disebut.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('nip',), name='registry_person_key', violation_error_message='Sudah ada baris dengan nip yang sama.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('staff_kind__in', ['PNS', 'CPNS', 'PPPK', 'PPPK_PARUH_WAKTU', ''])), name='registry_person_staff_kind_code', violation_error_message='Kolom jenis_pegawai diisi salah satu dari: PNS, CPNS, PPPK, PPPK_PARUH_WAKTU.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ['L', 'P', ''])), name='registry_person_sex_code', violation_error_message='Kolom jenis_kelamin diisi salah satu dari: L, P.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('rank__in', ['I/a', 'I/b', 'I/c', 'I/d', 'II/a', 'II/b', 'II/c', 'II/d', 'III/a', 'III/b', 'III/c', 'III/d', 'IV/a', 'IV/b', 'IV/c', 'IV/d', 'IV/e', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII', 'XIII', 'XIV', 'XV', 'XVI', 'XVII', ''])), name='registry_person_rank_code', violation_error_message='Kolom golongan diisi salah satu dari: I/a, I/b, I/c, I/d, II/a, II/b, II/c, II/d, III/a, III/b, III/c, III/d, IV/a, IV/b, IV/c, IV/d, IV/e, I, II, III, IV, V, VI, VII, VIII, IX, X, XI, XII, XIII, XIV, XV, XVI, XVII.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('legal_status__in', ['AKTIF', 'CLTN', 'TUGAS_BELAJAR', 'PEMBERHENTIAN_SEMENTARA', 'HUKUMAN_DISIPLIN', 'MPP', 'TIDAK_AKTIF', 'DIBERHENTIKAN', 'BUP', 'PENSIUN', ''])), name='registry_person_legal_status_code', violation_error_message='Kolom kedudukan_hukum diisi salah satu dari: AKTIF, CLTN, TUGAS_BELAJAR, PEMBERHENTIAN_SEMENTARA, HUKUMAN_DISIPLIN, MPP, TIDAK_AKTIF, DIBERHENTIKAN, BUP, PENSIUN.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('position__isnull', False), models.Q(('position_name', ''), _negated=True), _connector='OR'), name='registry_person_one_of', violation_error_message='Isi sedikitnya satu dari: jabatan_kode, jabatan_nama.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('nip'), 18)), name='registry_person_nip_digits', violation_error_message='NIP terdiri atas 18 angka.'),
        ),
        migrations.AddConstraint(
            model_name='unitneed',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by', '')), models.Q(models.Q(('verified_by', ''), _negated=True), ('verified_at__isnull', False)), _connector='OR'), name='registry_unitneed_verified_by_and_at', violation_error_message='Pemverifikasi dan waktu verifikasi harus diisi bersama.'),
        ),
        migrations.AddConstraint(
            model_name='unitneed',
            constraint=models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='registry_unitneed_has_source', violation_error_message='Sumber data harus disebut.'),
        ),
        migrations.AddConstraint(
            model_name='unitneed',
            constraint=models.UniqueConstraint(models.F('unit'), django.db.models.functions.comparison.Coalesce('position', models.Value(0, output_field=models.IntegerField())), django.db.models.functions.comparison.Coalesce('started_on', models.Value(datetime.date(1, 1, 1), output_field=models.DateField())), name='registry_unitneed_key', violation_error_message='Sudah ada baris dengan unit_kode, jabatan_kode, mulai yang sama.'),
        ),
        migrations.AddConstraint(
            model_name='unitneed',
            constraint=models.CheckConstraint(condition=models.Q(('priority__isnull', True), models.Q(('priority__gte', 1), ('priority__lte', 5)), _connector='OR'), name='registry_unitneed_priority_bounds', violation_error_message='Kolom prioritas harus antara 1 dan 5.'),
        ),
    ]
