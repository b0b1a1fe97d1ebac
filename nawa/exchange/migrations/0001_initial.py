import nawa.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=nawa.core.ids.public_id, editable=False, max_length=40, unique=True, verbose_name='ID publik')),
                ('source', models.CharField(choices=[('WORKBOOK', 'Buku kerja'), ('DEMO', 'Kota peraga')], max_length=20, verbose_name='sumber')),
                ('declared', models.CharField(choices=[('PARTIAL', 'Sebagian pegawai'), ('FULL', 'Seluruh pegawai')], max_length=20, verbose_name='cakupan berkas')),
                ('content_hash', models.CharField(max_length=64, verbose_name='SHA-256 isi')),
                ('counts', models.JSONField(default=dict, verbose_name='jumlah baris')),
                ('key', models.CharField(blank=True, default='', max_length=64, verbose_name='kunci')),
                ('imported_by', models.CharField(max_length=80, verbose_name='diimpor oleh')),
                ('imported_at', models.DateTimeField(verbose_name='diimpor pada')),
            ],
            options={
                'verbose_name': 'impor',
                'verbose_name_plural': 'impor',
                'indexes': [models.Index(fields=['imported_at'], name='exchange_import_at')],
            },
        ),
    ]
