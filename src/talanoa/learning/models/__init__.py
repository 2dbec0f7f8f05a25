"""Who learns what, and how far they are.

A CourseVersion keeps the files of a course as they were when somebody began it: what a learner sees never changes under
them. A Run is one teaching of a version: self-paced, which anyone may begin at any time, or a cohort with a first day
and facilitators. A Learner is a person in a run. A LessonLetter says which lesson went to them by mail. An Answer
is what they answered to one item, with the hash of that item and its points; the best one counts, and none is ever
regraded. A Judgment is what somebody found in an answer that no rule can grade. A RoomDone is a practice room that a
person played to the end of its debrief.

All of it is the learner's own: nobody else reads it but the facilitators of their run. On the record stands only that
somebody passed.
"""

from talanoa.learning.models.answers import Answer, Judgment, RoomDone
from talanoa.learning.models.runs import CourseVersion, Facilitator, Learner, LessonLetter, Run

__all__ = [
    "Answer",
    "CourseVersion",
    "Facilitator",
    "Judgment",
    "Learner",
    "LessonLetter",
    "RoomDone",
    "Run",
]
