"""Archives of mailing lists: split, read, threaded and written as tables; streaming, whatever their size.

Notes of a message say what is wrong with it; each module names its own. A message whose header cannot be read
is rejected with a code; everything else is read as well as it can be.
"""
