"""Units, the dated tree they form, and the people who act for them."""
