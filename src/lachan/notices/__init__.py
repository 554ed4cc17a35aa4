"""What people are told: in the page, by e-mail, or both, as each of them wishes."""
