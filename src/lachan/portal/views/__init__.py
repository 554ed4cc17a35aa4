"""Pages of the staff home: one module for each kind of page."""
