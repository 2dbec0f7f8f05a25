"""The child process of `extract_bounded`."""

import sys

from talanoa.lib import bounded
from talanoa.lib.extraction.isolation import answer

if __name__ == "__main__":
    bounded.serve(answer, sys.argv)
