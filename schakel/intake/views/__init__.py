"""Pages of deliveries and of the records they made, by subject."""
