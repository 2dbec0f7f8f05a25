"""`python -m talanoa` is the console command `talanoa`."""

from talanoa.conf.cli import main

main()
