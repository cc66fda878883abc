"""The one door: which rows there are, who may pull them, what then happens."""
