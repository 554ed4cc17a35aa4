"""How an action says no."""


class Refused(Exception):
    """An action did not take place, and why, in one sentence for the person who asked.

    Nothing has been changed when this is raised inside an action: actions are atomic. Middleware turns it into a page
    that says why (status 409).
    """
