"""A campaign: its tasks, whom it was assigned to, who received it and who passed it on."""
