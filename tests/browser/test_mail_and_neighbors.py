"""The pages of letters, announcements, the registry and the overlap record, in every state that a person reaches."""

from browser.eye import AUTHOR, CONVENOR, Eye, needs_chromium

pytestmark = needs_chromium
MAIN, DRAFT = "/p/model-17", "/p/mast-fees"


def test_how_much_mail_somebody_gets(eye: Eye) -> None:
    eye.become(AUTHOR)
    eye.open("/me/mail/")
    eye.open("/me/mail/model-17/")
    eye.press("Save")
    eye.look("letters chosen")


def test_an_announcement_from_the_desk_to_everybody(eye: Eye) -> None:
    eye.open(f"{MAIN}/announcements/")
    eye.become(CONVENOR)
    eye.open(f"{MAIN}/desk/lists/")
    eye.press("Follow the list", post="nobody")
    eye.look("a list with mistakes")
    eye.press(
        "Follow the list", list_id="talk.pacific.example", name="Pacific talk", post="talk@pacific.example"
    )
    eye.look("a list that is followed")
    eye.open(f"{MAIN}/desk/announce/")
    eye.press("Publish and send", title="", text="")
    eye.look("an announcement with mistakes")
    eye.press(
        "Publish and send", title="Nukuʻalofa asks", text="Write to us by mail.\n\nNo account is needed."
    )
    eye.look("an announcement")
    eye.open(f"{MAIN}/announcements/")
    eye.open(f"{MAIN}/desk/mail/")


def test_who_works_on_it_already(eye: Eye) -> None:
    for page in ("", "?words=naming", "?words=nothing-like-this", "take-part/", "trainings/", "funding/"):
        eye.open(f"/registry/{page}")
    for page in ("igf/", "corrections/", "correct/"):
        eye.open(f"/registry/{page}")
    eye.press("Send my correction", text="")
    eye.look("a correction with mistakes")
    eye.press("Send my correction", text="The address of the forum is old.", address="ana@dili.example")
    eye.look("a correction that was sent")


def test_the_overlap_record_from_the_search_to_a_judgement(eye: Eye) -> None:
    eye.open(f"{MAIN}/overlap/")
    eye.become(AUTHOR)
    eye.open(f"{MAIN}/overlap/")
    eye.press("Say who was missed", text="")
    eye.look("a body that was missed, with mistakes")
    eye.become(CONVENOR)
    eye.open(f"{DRAFT}/desk/overlap/")
    eye.press("Search the registry")
    eye.look("candidates")
    eye.follow("ITU Radiocommunication")
    eye.look("judging a candidate")
    eye.press("Keep this judgement", reason="")
    eye.look("a judgement with mistakes")


def test_what_says_nearly_the_same_is_one_position(eye: Eye) -> None:
    letter = (
        "Pay the trainers in the currency of the place, and before the course begins; let each village choose"
    )
    eye.become(AUTHOR)
    for ending in ("the hour.", "its hour.", "its hour, please."):
        eye.page.goto(f"{MAIN}/inputs/write/")
        eye.press("Send my input", title="", text=f"{letter} {ending}")
    eye.become(CONVENOR)
    eye.open(f"{MAIN}/desk/suggested-themes/")
    eye.open(f"{MAIN}/desk/piles/")
    eye.page.locator("summary").first.click()
    eye.look("where two copies differ")
    eye.page.get_by_role("button", name="Show them as one position").click()
    eye.look("nothing more to put together")
    eye.open(f"{MAIN}/inputs/")
    eye.follow("one position, 3 signatories")
    eye.look("all who signed one position")
    eye.page.locator("main td a").first.click()
    eye.page.locator("summary").first.click()
    eye.look("one who signed")


def test_an_issue_from_the_form_to_its_answer(eye: Eye) -> None:
    for number in range(1, 6):
        eye.open(f"/issues/{number}/")
    eye.open("/issues/")
    eye.open("/issues/new/")
    eye.press("Send my issue", address="nobody")
    eye.look("an issue with mistakes")
    eye.press("Send my issue", title="Masts", text="Who pays?", name="Ana", address="ana@dili.example")
    eye.look("an issue that waits for its sender")
    eye.become(CONVENOR)
    eye.open("/issues/2/answer/")
    eye.press("Answer in public", reason="")
    eye.look("an answer to an issue with mistakes")
    eye.page.get_by_label("Decline").check()
    eye.press("Answer in public", reason="The municipality maps its streets; ask it for the names.")
    eye.look("an issue that was declined")


def test_searching(eye: Eye) -> None:
    for words in (
        "",
        "?words=radio",
        "?words=radio&kind=input",
        "?words=nothing-like-this",
        "?words=%D8%A7%D9%84",
    ):
        eye.open(f"/search/{words}")


def test_who_is_in_the_room(eye: Eye) -> None:
    eye.open(f"{MAIN}/room/")
    eye.open("/p/campus-v6/room/?stage=review")
    eye.open("/p/forms-by-ear/room/")


def test_who_runs_the_place_and_what_it_says(eye: Eye) -> None:
    for page in ("/place/", "/news/", "/news/1/", "/news/2/", "/p/place/", "/p/place/charter/"):
        eye.open(page)
