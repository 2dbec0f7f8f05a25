from django.db import migrations

from talanoa.kernel.refusals import append_only
from talanoa.record.models import APPEND_ONLY


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [refusal for table in APPEND_ONLY for refusal in append_only(table)]
