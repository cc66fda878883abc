"""A corrective decision or formal notice: its draft, its adoption, its end."""
