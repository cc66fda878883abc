"""The schema, as SQLModel classes; loops over many rows use their Core tables."""
