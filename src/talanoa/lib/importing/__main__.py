"""The child process of `read_bounded`."""

import sys

from talanoa.lib import bounded
from talanoa.lib.importing.isolation import answer

if __name__ == "__main__":
    bounded.serve(answer, sys.argv)
