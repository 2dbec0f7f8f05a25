"""Participant acts by mail: send an input, replace it, withdraw it, confirm that it is yours."""

from talanoa.inputs.mail_commands.listed import answer_listed
from talanoa.inputs.mail_commands.own import own_contribution
from talanoa.inputs.mail_commands.receiving import MOST_TRIED, author_in

__all__ = ["MOST_TRIED", "answer_listed", "author_in", "own_contribution"]
