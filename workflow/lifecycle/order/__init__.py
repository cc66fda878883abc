"""An order: one duty of one addressee, its clock, what was found of it, its suspensions and its end."""
