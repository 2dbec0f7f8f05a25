from django.db import migrations

from talanoa.kernel.refusals import Refusal, Refuse, append_only

PUBLISHED = "deletion_forbidden: a published charter stays as it is"
ANNOUNCED = "deletion_forbidden: what was announced stays as it is"
FOLLOWED = "deletion_forbidden: which lists were followed, and what was seen there, stays"
INVITED = "deletion_forbidden: how many were invited, and the digest of the list, stays as it is"


class Migration(migrations.Migration):
    dependencies = [("processes", "0001_initial")]
    operations = [
        Refuse(Refusal("published_charter_no_update", "processes_charterversion", "UPDATE", PUBLISHED, "OLD.published_at IS NOT NULL")),
        Refuse(Refusal("published_charter_no_delete", "processes_charterversion", "DELETE", PUBLISHED, "OLD.published_at IS NOT NULL")),
        Refuse(Refusal("announcement_no_delete", "processes_announcement", "DELETE", ANNOUNCED)),
        Refuse(Refusal("announcement_no_change", "processes_announcement", "UPDATE", ANNOUNCED)),
        Refuse(Refusal("list_no_delete", "processes_followedlist", "DELETE", FOLLOWED)),
        Refuse(Refusal("seed_no_delete", "processes_seed", "DELETE", FOLLOWED)),
        *append_only("processes_defaultchange"),
        Refuse(Refusal("invitation_round_no_delete", "processes_invitationround", "DELETE", INVITED)),
        Refuse(Refusal("invitation_round_no_change", "processes_invitationround", "UPDATE", INVITED)),
    ]
