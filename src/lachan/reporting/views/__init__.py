"""Pages of returns, figures and consolidated reports."""
