"""The history of a return, and any two of its versions compared."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lachan.foundation.http import key_in
from lachan.orgs.access import StaffRequest, today
from lachan.reporting.access import Case, on_return
from lachan.reporting.history import amended, events, pair, versions_for


@require_GET
@on_return()
def history(request: StaffRequest, case: Case) -> HttpResponse:
    """Who did what, and the differences between two versions (`tu`, `den` in the address; the last two by default)."""
    versions = versions_for(case)
    compared = pair(versions, [key_in(request.GET.get(name, "")) for name in ("tu", "den")])
    page = {
        "case": case,
        "obligation": case.obligation,
        "own": case.obligation.unit.version_on(today(request)),
        "versions": versions,
        "events": sorted([*events(versions), *amended(case)], key=lambda event: event.at),
        "compared": compared,
        "choosing": [
            ("tu", _("Bản trước"), compared[0] if compared else None),
            ("den", _("Bản sau"), compared[1] if compared else None),
        ],
        "changes": compared[1].changes_since(compared[0]) if compared else [],
    }
    return render(request, "reporting/history.html", page)
