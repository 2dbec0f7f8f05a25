"""Addresses of drafts. A paragraph is named by its anchor, which stays over revisions; all of them by `whole`."""

from django.urls import path

from talanoa.drafts.views import answering, reading, remarks, speaking, writing

app_name = "drafts"
DRAFTS = "p/<slug:key>/drafts/"
ONE = f"{DRAFTS}<int:draft>/"
AT = f"{ONE}at/<slug:anchor>/"
SAID = f"{DRAFTS}n/<int:number>/"
urlpatterns = [
    path(DRAFTS, reading.index, name="index"),
    path(f"{DRAFTS}begin/", writing.begin, name="begin"),
    path(f"{DRAFTS}import/", writing.read_in, name="import"),
    path(ONE, reading.show, name="show"),
    path(f"{ONE}revise/", writing.revise, name="revise"),
    path(f"{ONE}r/<int:revision>/", reading.revision, name="revision"),
    path(f"{ONE}r/<int:revision>/text.md", reading.text, name="text"),
    path(f"{ONE}r/<int:revision>/text.<slug:form>", reading.exported, name="export"),
    path(f"{ONE}changes/<int:old>/<int:new>/", reading.changed, name="changes"),
    path(f"{ONE}comments/", remarks.index, name="comments"),
    path(f"{ONE}todo/", remarks.todo, name="todo"),
    path(f"{ONE}dispose/", answering.dispose, name="dispose"),
    path(AT, remarks.paragraph, name="paragraph"),
    path(f"{AT}comment/", speaking.comment, name="comment"),
    path(f"{AT}suggest/", speaking.suggest_words, name="suggest"),
    path(SAID, remarks.show, name="remark"),
    path(f"{SAID}received/", speaking.received, name="received"),
    path(f"{SAID}receipt.txt", speaking.receipt, name="receipt"),
    path(f"{SAID}withdraw/", speaking.take_back, name="withdraw"),
    path(f"{SAID}need/", speaking.need, name="need"),
    path(f"{SAID}decide/", answering.decide, name="decide"),
    path(f"{SAID}erase/", answering.erase, name="erase"),
]
