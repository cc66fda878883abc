"""Reading: finding a thing for a reader, lists, the journal, what is due, forecasts."""
