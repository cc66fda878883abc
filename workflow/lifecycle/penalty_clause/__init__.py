"""A penalty clause: the threat of a sum for each unit of delay, and what accrues under it."""
