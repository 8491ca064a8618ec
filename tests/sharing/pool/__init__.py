"""Two people of different agencies at once on one pool of database connections, with trouble in between."""
