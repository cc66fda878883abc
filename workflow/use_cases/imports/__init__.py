"""Cases and access requests from elsewhere."""
