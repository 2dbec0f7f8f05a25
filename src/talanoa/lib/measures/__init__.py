"""Measures of who takes part, who is answered and what becomes of it: the same for a list and for our own record.

A measure is SQL over the tables of `lib.archive.tables`, with what it answers, what it cannot tell, the smallest cell
that it shows and its version. The SQL counts, in whole numbers; shares and intervals are made of these counts here, so
that every engine that counts right gives the same bytes.
"""
