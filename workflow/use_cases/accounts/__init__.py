"""Accounts and their keys; signed checkpoints."""
