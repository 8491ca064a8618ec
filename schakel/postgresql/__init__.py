"""Django's PostgreSQL, but for how it is told that a server has gone (the setting ``ENGINE``)."""
