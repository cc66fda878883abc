"""What each act makes happen, and how each event changes the facts: one file a kind of thing."""
