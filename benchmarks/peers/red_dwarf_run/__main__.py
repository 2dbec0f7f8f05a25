"""Runs red-dwarf's pipeline on a file of votes and prints wall seconds, processor seconds and the peak in MiB."""

import resource
import sys
from time import perf_counter, process_time

import numpy as np
from reddwarf.implementations.base import run_pipeline


def main(path: str) -> None:
    """Read the votes as the library wants them, a dictionary each; only the pipeline is timed."""
    held = np.load(path)
    votes = [
        {"participant_id": who, "statement_id": what, "vote": how}
        for who, what, how in zip(
            held["participants"].tolist(), held["statements"].tolist(), held["values"].tolist(), strict=True
        )
    ]
    begun, used = perf_counter(), process_time()
    run_pipeline(votes=votes, mod_out_statement_ids=held["out"].tolist(), random_state=0)
    took, worked = perf_counter() - begun, process_time() - used
    print(took, worked, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


main(sys.argv[1])
