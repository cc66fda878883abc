"""Pulling triggers: from the JSON of a request to events."""
