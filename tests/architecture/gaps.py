"""Where an act cannot be done on a skin, and why. A reason that stands for no gap fails the build."""

# What a person sets for themselves by acts that name no `by=`: the person is what they are about.
OWN = {"mail.actions.follow", "mail.actions.end_silence"}

# The same is done on a skin by another act.
SAME = {
    "people.actions.prefer_language": {"web": "people.actions.declare"},
    "inputs.actions.receiving.receive_input": {"mail": "inputs.actions.receiving.receive_inputs"},
    "inputs.actions.receiving.receive_inputs": {
        "web": "inputs.actions.receiving.receive_input",
        "cli": "inputs.actions.receiving.receive_input",
    },
}

# Reasons that hold for all acts of a group.
GROUP_GAPS = {
    "office": {
        "mail": "a mail shows whose address it is, not that its owner means to act for an office: that would need a"
        " one-use code",
        "cli": "work at the desk, done where what it is about is seen",
    },
    "nobody": {
        "web": "nobody may do it before it is due, and the machine is its operator's",
        "mail": "nobody may do it before it is due, and the machine is its operator's",
    },
}

_EARNED = "a badge follows from what stands on the record; no page hands one out"
_LEARNED = "what one learns is one's own; whoever is at the machine tries a lesson with `talanoa learn grade`"
_INVITED = (
    "whoever joins or declines shows who they are by an answer or the link; who is at the machine does not"
)
_AT_THE_FILES = "done where the files of the list lie, by whoever the operator appointed"
GAPS = {
    "archives.actions.importing.begin_import": {"web": _AT_THE_FILES},
    "archives.actions.importing.finish_import": {"web": _AT_THE_FILES},
    "archives.actions.releasing.release_archive": {"web": _AT_THE_FILES},
    "archives.actions.storing.add_batch": {"web": _AT_THE_FILES},
    "studies.actions.publish_study": {"web": "done where the folder of the study lies, as it was run"},
    "learning.actions.answering.answer_items": {"cli": _LEARNED},
    "learning.actions.awarding.award_course": {"web": _EARNED},
    "learning.actions.enrolling.enroll": {"cli": _LEARNED},
    "learning.actions.enrolling.leave_course": {"cli": _LEARNED},
    "learning.actions.enrolling.pause_learning": {"cli": _LEARNED},
    "learning.actions.judging.judge_text": {"cli": _LEARNED},
    "badges.actions.awarding.award_badge": {"web": _EARNED},
    "badges.actions.ending.revoke_badge": {
        "web": "badges stand in no list from which one could be chosen; who holds or checks one names its address"
    },
    "contributions.actions.standing.confirm": {
        "cli": "what confirms is an answer from the address or its link; whoever is at the machine shows neither"
    },
    "desk.actions.bringing.confirm_issue": {
        "cli": "what confirms is an answer from the address or a sign-in with it; who is at the machine shows neither"
    },
    "processes.actions.inviting.accept_invitation": {"cli": _INVITED},
    "processes.actions.inviting.decline_invitation": {"cli": _INVITED},
    "processes.actions.inviting.decline_waiting": {"cli": _INVITED},
    "statements.actions.importing.import_conversation": {
        "web": "done where the files of the conversation lie"
    },
    "statements.actions.rounds.close_rounds": {
        "web": "the clock closes all that are due; whoever is at the desk closes one"
    },
    "registry.actions.date_entry": {"web": "done where the files of the registry are kept and checked"},
    "mail.actions.end_silence": {
        "cli": "only who reads the mailbox can tell that it takes mail again; whoever is at the machine does not"
    },
}
