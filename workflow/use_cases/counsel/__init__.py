"""What counsel does: who is on record, what it files, what it pulls."""
