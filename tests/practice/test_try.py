import time
from conftest import START
from talanoa.practice.actions.opening import open_room
from talanoa.practice.actions.acting import act, end_day
from talanoa.practice.queries import packs, root_of
from talanoa.lib.bots import PLAYERS
from talanoa.lib.room_state import standing
from talanoa.lib.simulation import play, outcome
from talanoa.record.models import Entry
from django.db import transaction
import pytest

def run(by, bot, seed):
    files, scenario = packs()["72-hours"]
    t=time.perf_counter()
    room = open_room(files, by=by, seat="consumer", seed=seed, origin="talanoa.example", at=START)
    print("open", time.perf_counter()-t)
    for day in range(1, scenario.days+1):
        for one in PLAYERS[bot](scenario, "consumer", room.acts(), day):
            act(room, one, by=by)
        room = end_day(room, by=by)
        print(day, len(room.acts()), time.perf_counter()-t)
    same = play(scenario, seed, PLAYERS[bot]) == room.acts()
    r=root_of(room)
    from talanoa.practice.actions.deleting import delete_room
    delete_room(room, by=by)
    return r, same, room.state, Entry.objects.exclude(log__name="real").count(), time.perf_counter()-t

@pytest.mark.parametrize("bot", ["listener","silent","vote-counter"])
def test_it(amina, bot):
    found=[]
    for n in range(2):
        found.append(run(amina, bot, bytes(32)))
        print(found[-1])
    assert found[0][0]==found[1][0]
    assert found[0][1]
