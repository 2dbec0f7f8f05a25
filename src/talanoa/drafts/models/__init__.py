"""Drafts of a process, what is said about them, and what becomes of it.

A Draft is a document that a process writes together; drafts are numbered in their process. Each revision of it is
public from the moment it is written, and its Drafting says by whom: whoever wrote a text does not find the
consensus on it. A Comment and a Suggestion are contributions about one paragraph of a revision, or a Comment about
the whole text; the paragraph is named by its anchor, which later revisions keep. A Disposition tells in public what
became of some of them and why. A Need says that somebody must, or should, have what a Suggestion asks for.
"""

from talanoa.drafts.models.answers import Disposed, Disposition, Need
from talanoa.drafts.models.remarks import (
    Comment,
    CommentQuerySet,
    Remark,
    Suggestion,
    SuggestionQuerySet,
)
from talanoa.drafts.models.writing import Draft, Drafting, DraftQuerySet

__all__ = [
    "Comment",
    "CommentQuerySet",
    "Disposed",
    "Disposition",
    "Draft",
    "DraftQuerySet",
    "Drafting",
    "Need",
    "Remark",
    "Suggestion",
    "SuggestionQuerySet",
]
