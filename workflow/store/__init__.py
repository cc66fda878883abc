"""What is remembered: tables, journal, current rows, timers, outbox, and the one writer."""
