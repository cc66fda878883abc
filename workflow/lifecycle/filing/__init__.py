"""A filing: a compliance report, observations, or a request for time."""
