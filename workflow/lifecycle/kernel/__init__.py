"""What every thing is made with: rows and guards, events, refusals, steps, how text is kept and things are found."""
