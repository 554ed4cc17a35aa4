"""What was done: activities by channel with their photos, and what they add up to."""
