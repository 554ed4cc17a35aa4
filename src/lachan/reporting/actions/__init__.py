"""What is done to forms, obligations, returns and consolidated reports."""
