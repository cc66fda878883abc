"""The clock and the hands: APScheduler ticks and httpx. Knows nothing of Enjoin but its HTTP API."""
