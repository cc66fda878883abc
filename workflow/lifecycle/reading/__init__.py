"""What follows from facts without an act: steps due, tasks, review, notices, forecasts."""
