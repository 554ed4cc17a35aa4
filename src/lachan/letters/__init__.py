"""Official letters: received, read, composed, registered."""
