"""The staff home: what asks for this person today, and where each campaign stands."""
