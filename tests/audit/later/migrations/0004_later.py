from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_indexes_for_paging")]  # noqa: RUF012
    operations = [  # noqa: RUF012
        migrations.AlterField("recordedevent", "event", models.CharField(max_length=90)),
        migrations.AddField("changechunk", "form", models.CharField(max_length=10, default="1")),
    ]
