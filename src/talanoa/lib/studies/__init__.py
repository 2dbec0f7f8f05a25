"""Studies that anybody can do again: a question, tables, measures, and a folder with what came of them.

The folder holds a manifest with a hash of all that went in and came out, so that a second run says what differs.
"""
