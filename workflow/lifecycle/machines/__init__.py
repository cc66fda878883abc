"""One table of rows a kind of subject; nothing else lives here."""
