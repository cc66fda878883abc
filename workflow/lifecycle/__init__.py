"""What may happen next: state machines, events, facts, decide, due. Pure, on top of the law."""
