"""Endpoints of counsel, the messages sent to them and their schemas."""
