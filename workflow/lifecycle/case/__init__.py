"""A case: how it opens, closes and opens again, and the messages to counsel that never arrived."""
