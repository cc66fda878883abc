"""One script a question, each printing JSON lines, each beside its limit in the same run."""
