"""Addresses of statements: of rounds by their number, of statements by theirs."""

from django.urls import path

from talanoa.statements.views import desk, proposing, reading, results, voting

app_name = "statements"
ALL = "p/<slug:key>/statements/"
ONE = f"{ALL}<int:number>/"
SAID = f"{ALL}n/<int:number>/"
urlpatterns = [
    path(ALL, reading.index, name="index"),
    path(f"{ALL}open/", desk.begin, name="open"),
    path(ONE, reading.show_round, name="round"),
    path(f"{ONE}vote/", voting.vote, name="vote"),
    path(f"{ONE}ballot/", voting.vote_on_ten, name="ballot"),
    path(f"{ONE}mine/", voting.mine, name="mine"),
    path(f"{ONE}mine/<int:ballot>/receipt.txt", voting.receipt, name="ballot_receipt"),
    path(f"{ONE}mine/erase/", voting.take_back, name="unvote"),
    path(f"{ONE}propose/", proposing.propose, name="propose"),
    path(f"{ONE}close/", desk.end, name="close"),
    path(f"{ONE}enter/", desk.enter_paper, name="enter"),
    path(f"{ONE}results/", results.show, name="results"),
    path(f"{ONE}result.json", results.numbers, name="result"),
    path(f"{ONE}votes.json", results.votes, name="votes"),
    path(f"{ONE}check/", results.check, name="check"),
    path(SAID, reading.show, name="show"),
    path(f"{SAID}received/", proposing.received, name="received"),
    path(f"{SAID}receipt.txt", proposing.receipt, name="receipt"),
    path(f"{SAID}withdraw/", proposing.take_back, name="withdraw"),
    path(f"{SAID}erase/", desk.erase, name="erase"),
]
