import time

from permissions.test_limits import *


def test_v(world):
    for v in ["\0", "-1", "9" * 5000, "x" * 100_000]:
        sent = dict.fromkeys(odd(), v.encode())
        for line in posts():
            t = time.time()
            r = Browser().ask(world.askers[who(line)], "POST", places.url(world, line.name, line.state), sent)
            d = time.time() - t
            if d > 0.5 or r.response.status_code >= 500:
                print(repr(v[:5]), line, r.outcome, round(d, 2), flush=True)
