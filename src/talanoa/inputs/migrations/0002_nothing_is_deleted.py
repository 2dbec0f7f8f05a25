from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse

MESSAGE = "deletion_forbidden: what was said stays on the record"


class Migration(migrations.Migration):
    dependencies = [("inputs", "0001_initial")]
    operations = [
        Refuse(Refusal("input_no_delete", "inputs_input", "DELETE", MESSAGE)),
        Refuse(Refusal("original_no_delete", "inputs_original", "DELETE", MESSAGE)),
        Refuse(Refusal("transcription_no_delete", "inputs_transcription", "DELETE", MESSAGE)),
        Refuse(Refusal("list_reply_no_delete", "inputs_listreply", "DELETE", MESSAGE)),
    ]
