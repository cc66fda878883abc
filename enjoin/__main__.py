"""`python -m enjoin`: the same as the command `enjoin`."""

from enjoin.cli import app

app(prog_name="enjoin")
