"""Plain Python that needs nothing but itself: reading letters, laying them out, rolling figures up."""
