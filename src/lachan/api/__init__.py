"""The public HTTP API: other systems send returns and read figures with a unit's token."""
