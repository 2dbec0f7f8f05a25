"""Addresses of consensus calls. An objection and a minority statement have the number of their contribution."""

from django.urls import path

from talanoa.consensus.views import chairing, contesting, ending, hearing, reading, taking

app_name = "consensus"
CALLS = "p/<slug:key>/calls/"
ONE = f"{CALLS}<int:number>/"
OBJECTION = "p/<slug:key>/objections/<int:number>/"
STATEMENT = "p/<slug:key>/minority/<int:number>/"
CHALLENGE = "p/<slug:key>/challenges/<int:number>/"
APPEALS = "p/<slug:key>/appeals/"
APPEAL = f"{APPEALS}<int:number>/"
urlpatterns = [
    path(CALLS, reading.index, name="list"),
    path(f"{CALLS}open/<int:draft>/", chairing.ask, name="open"),
    path(f"{CALLS}end/", ending.end, name="end"),
    path(ONE, reading.show, name="show"),
    path(f"{ONE}positions/", reading.positions, name="positions"),
    path(f"{ONE}position/", taking.position, name="position"),
    path(f"{ONE}object/", taking.objection, name="object"),
    path(f"{ONE}minority/", taking.minority, name="minority"),
    path(f"{ONE}estimate/", chairing.estimate, name="estimate"),
    path(f"{ONE}evidence/", chairing.attach, name="evidence"),
    path(f"{ONE}designate/", chairing.find, name="designate"),
    path(f"{ONE}challenge/", contesting.challenge, name="challenge"),
    path(f"{ONE}appeal/", contesting.appeal, name="appeal"),
    path(CHALLENGE, contesting.challenged, name="challenged"),
    path(f"{CHALLENGE}answer/", contesting.answer, name="answer_challenge"),
    path(APPEALS, contesting.index, name="appeals"),
    path(APPEAL, contesting.appealed, name="appealed"),
    path(f"{APPEAL}support/", contesting.support, name="support"),
    path(f"{APPEAL}draws/<int:draw>.json", contesting.draw_file, name="draw_file"),
    path(f"{APPEAL}hearing/", hearing.prepare, name="hearing"),
    path(f"{APPEAL}admit/", hearing.admit, name="admit"),
    path(f"{APPEAL}refuse/", hearing.refuse, name="refuse"),
    path(f"{APPEAL}announce/", hearing.announce, name="announce"),
    path(f"{APPEAL}draw/", hearing.draw, name="draw"),
    path(f"{APPEAL}opinion/", hearing.opinion, name="opinion"),
    path(f"{APPEAL}leave/", hearing.leave, name="leave"),
    path(OBJECTION, reading.objection, name="objection"),
    path(f"{OBJECTION}stands/", taking.stands, name="stands"),
    path(f"{OBJECTION}answer/", chairing.answer, name="answer"),
    path(f"{OBJECTION}find/", chairing.weigh, name="weigh"),
    path(f"{OBJECTION}receipt.txt", taking.objection_receipt, name="receipt_objection"),
    path(f"{OBJECTION}withdraw/", taking.withdraw_objection, name="withdraw_objection"),
    path(f"{OBJECTION}erase/", chairing.objection_erased, name="erase_objection"),
    path(f"{STATEMENT}erase/", chairing.statement_erased, name="erase_statement"),
    path(STATEMENT, reading.statement, name="statement"),
    path(f"{STATEMENT}receipt.txt", taking.statement_receipt, name="receipt_statement"),
    path(f"{STATEMENT}withdraw/", taking.withdraw_statement, name="withdraw_statement"),
]
