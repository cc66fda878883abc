"""What the law says: calendars, periods, penalties, regimes. Pure: no clock, no database, no framework."""
