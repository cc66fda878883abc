"""A penalty decision: the proposal, the hearing, the adoption, the sum and what becomes of it."""
