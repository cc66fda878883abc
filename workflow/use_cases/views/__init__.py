"""Things as the API shows them: facts, what follows from them today, and what is open to the one who asks."""
