"""The calculators of the law."""
