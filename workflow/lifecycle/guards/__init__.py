"""The conditions of the rows: each answers None, or the sentence a person will read.

A guard that looks at the command's content answers None when there is none: then the question is only whether the
step is open.
"""
