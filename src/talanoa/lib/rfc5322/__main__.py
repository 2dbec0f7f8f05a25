"""The child process of `parse_bounded`."""

import sys

from talanoa.lib import workers
from talanoa.lib.rfc5322.isolation import answer

if __name__ == "__main__":
    workers.serve(answer, sys.argv)
