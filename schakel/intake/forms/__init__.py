"""Forms of deliveries, by subject."""
