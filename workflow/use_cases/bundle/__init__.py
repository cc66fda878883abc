"""A case as a zip for a court, and the program that checks it."""
