"""How the world speaks to Enjoin: JSON under v1, and who is asking."""
