"""What people and the clock do: one file per verb, one function each, none of which commits."""
