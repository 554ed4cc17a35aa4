"""Official letters: what came in as it is, and what a unit issued under its own number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lachan.engine.vietnamese import normalise
from lachan.orgs.models import Person, Unit, UnitVersionQuerySet, searchable

_WORDLESS = re.compile(r"\W+")  # marks that cling to a word hide its beginning


class LetterQuerySet(models.QuerySet["Letter"]):
    def readable_in(self, reach: UnitVersionQuerySet) -> LetterQuerySet:
        """Those in the books of the units of `reach`, and those handed to one of them."""
        units = reach.values("unit_id")
        return self.filter(
            Q(holder__in=units) | Q(pk__in=Letter.sent_to.through.objects.filter(unit__in=units).values("letter_id"))
        )

    def of_unit(self, unit: Unit, direction: str) -> LetterQuerySet:
        """A unit's letters of one direction, drafts left out: those in its book, and those handed to it here."""
        own = Q(holder=unit, direction=direction)
        if direction == Letter.Direction.RECEIVED:
            own |= Q(pk__in=Letter.sent_to.through.objects.filter(unit=unit).values("letter_id"))
        return self.filter(own).exclude(state=Letter.State.DRAFT)

    def of_year(self, year: int) -> LetterQuerySet:
        """Those dated in `year`; one that gives no date counts in the year it was entered."""
        return self.filter(Q(dated_on__year=year) | Q(dated_on=None, entered_at__year=year))

    def newest_first(self) -> LetterQuerySet:
        return self.order_by(Coalesce("dated_on", Cast("entered_at", models.DateField())).desc(), "-number", "-id")

    def search(self, text: str) -> LetterQuerySet:
        """Those with a word beginning with each word of `text`, with or without marks, in symbol, abstract, issuer or signer."""
        found = self
        for word in normalise(text).lower().split():
            found = found.filter(search_text__contains=f" {word}")
        return found


class Letter(models.Model):
    """One document in the book of one unit: received from elsewhere, or issued by the unit itself."""

    class Direction(models.TextChoices):
        RECEIVED = "received", _("văn bản đến")
        ISSUED = "issued", _("văn bản đi")

    class State(models.TextChoices):
        READING = "reading", _("đang đọc")
        UNREADABLE = "unreadable", _("không đọc được")
        READ = "read", _("đã đọc, chờ kiểm tra")
        CHECKED = "checked", _("đã kiểm tra")
        DRAFT = "draft", _("dự thảo")
        SIGNING = "signing", _("chờ ký số")
        ISSUED = "issued", _("đã phát hành")
        CANCELLED = "cancelled", _("đã hủy, số không dùng lại")

    class Urgency(models.TextChoices):
        """Decree 30/2020, annex I, part I, III.2.b; the values are the words on the stamp."""

        URGENT = "KHẨN", "KHẨN"
        VERY_URGENT = "THƯỢNG KHẨN", "THƯỢNG KHẨN"
        IMMEDIATE = "HOẢ TỐC", "HỎA TỐC"

    class Circulation(models.TextChoices):
        """How far it may go (Decree 30/2020, annex I, part I, III.2.c)."""

        RETURN = "XEM XONG TRẢ LẠI", "XEM XONG TRẢ LẠI"
        INTERNAL = "LƯU HÀNH NỘI BỘ", "LƯU HÀNH NỘI BỘ"

    holder = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letters")
    direction = models.CharField(max_length=10, choices=Direction)
    state = models.CharField(max_length=12, choices=State)

    doc_type = models.CharField(max_length=60, default="công văn")
    issuer = models.CharField(max_length=300, blank=True)
    issuer_parent = models.CharField(max_length=300, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    place = models.CharField(max_length=100, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    likely_on = models.DateField(null=True, blank=True)  # where the letter gives its month or year alone
    abstract = models.TextField(blank=True)
    signer_name = models.CharField(max_length=200, blank=True)
    signer_title = models.CharField(max_length=300, blank=True)  # lines joined by " / "
    urgency = models.CharField(max_length=12, choices=Urgency, blank=True)
    circulation = models.CharField(max_length=20, choices=Circulation, blank=True)

    # A received letter: the file as it came, its text, and what the reader found in it.
    original = models.FileField(upload_to="letters/%Y/%m/", blank=True)
    original_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    text = models.TextField(blank=True)
    reading = models.JSONField(default=dict)  # lachan.letters.reading.to_json(...)
    reading_pages = models.PositiveSmallIntegerField(default=0)  # pages read so far, of `pages`: progress of a scan
    pages = models.PositiveSmallIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    trouble = models.TextField(blank=True)  # why it could not be read, as a sentence

    # An issued letter: what it says. Documents are laid out from this whenever they are asked for.
    content = models.JSONField(default=dict)  # lachan.letters.actions.Content
    cancelled_because = models.TextField(blank=True)  # its number was given, and is never given again

    sent_to = models.ManyToManyField(Unit, related_name="letters_from_above", blank=True)  # those it was handed to here
    # the letter from above that this one hands down
    passes_on = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="passed_on_as")

    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    search_text = models.TextField(blank=True)  # `searchable`, written on saving

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "passes_on"], condition=Q(state="draft"), name="one_draft_passing_on_a_letter"
            ),
            models.UniqueConstraint(
                fields=["holder", "sha256"], condition=~Q(sha256=""), name="letter_file_once_per_holder"
            ),
            models.UniqueConstraint(
                models.F("holder"),
                ExtractYear("dated_on"),
                models.F("number"),
                condition=Q(direction="issued", number__isnull=False) & ~Q(state="draft"),
                name="letter_number_once_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.doc_type.capitalize()} {self.full_symbol}".strip()

    def save(self, **kwargs: Any) -> None:
        """Write what the register searches along with the rest."""
        if kwargs.get("update_fields") is None:
            said = [self.doc_type, self.full_symbol, self.symbol, self.abstract, self.issuer, self.signer_name]
            self.search_text = searchable([*said, *(_WORDLESS.sub(" ", words) for words in said)])
        super().save(**kwargs)

    @property
    def full_symbol(self) -> str:
        """Number and symbol as printed: "05/UBND-VX"; below ten with a leading zero (Decree 30/2020, annex I)."""
        if not self.symbol:
            return f"{self.number:02d}" if self.number else ""
        return f"{self.number:02d}/{self.symbol}" if self.number else f"…/{self.symbol}"

    @property
    def day(self) -> date:
        """The day the tree is asked for: the letter's date; the likely one where it gives less; else the day it was entered."""
        return self.dated_on or self.likely_on or localdate(self.entered_at)


class Reference(models.Model):
    """Another document a letter names; `target` where that document is here too, so that the chain can be followed."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="references")
    doc_type = models.CharField(max_length=60)
    symbol = models.CharField(max_length=120, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    title = models.TextField(blank=True)
    target = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="referred_by")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.doc_type} {self.symbol}".strip()


class Annex(models.Model):
    """What goes with a letter of our own, on pages of its own: a text, a table, or a file that somebody attached."""

    class Kind(models.TextChoices):
        TEXT = "text", _("chữ")
        TABLE = "table", _("bảng")
        FILE = "file", _("tệp đính kèm")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="annexes")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)  # of a table: a row a line, cells parted by tabs or "|", the head first
    file = models.FileField(upload_to="annexes/%Y/%m/", blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_size = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Pattern(models.Model):
    """A unit's own wording for a kind of letter; one with the code of a pattern of the house takes its place there."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="letter_patterns")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    doc_type = models.CharField(max_length=60)
    abstract = models.TextField(blank=True)
    bases = models.TextField(blank=True)
    body = models.TextField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="pattern_once_per_unit")]

    def __str__(self) -> str:
        return self.name


class Register(models.Model):
    """The last numbers a unit has given in a year, to letters that went out and to letters that came in.

    Each runs per unit and year (Decree 30/2020, articles 15 and 22).
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    last_arrival = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_register_per_unit_and_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}: {self.last}"


class ReservedNumber(models.Model):
    """A number kept for a letter that is not here yet; given up, it stays in the book and is never given again."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    given_up_at = models.DateTimeField(null=True, blank=True)
    given_up_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["year", "number"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "number"], name="number_reserved_once")]

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.year}"


class Arrival(models.Model):
    """A letter's place in the book of what came in: the number and day of arrival at one unit (Decree 30/2020, article 22)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="arrivals")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    arrived_on = models.DateField()
    handled_by = models.CharField(max_length=200, blank=True)  # the section or person it was passed to
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="arrival_number_once_a_year"),
            models.UniqueConstraint(fields=["unit", "letter"], name="letter_arrives_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.arrived_on})"


class Signing(models.Model):
    """A letter on its way through those who sign it: the PDF they are given, and the PDF as signed so far."""

    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="signing")
    prepared = models.FileField(upload_to="signing/%Y/%m/")
    signed = models.FileField(upload_to="signing/%Y/%m/", blank=True)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.letter}"


class Signature(models.Model):
    """One who signs, in their turn: a person, or at the end the agency with its seal."""

    signing = models.ForeignKey(Signing, on_delete=models.CASCADE, related_name="signatures")
    order = models.PositiveSmallIntegerField()
    field = models.CharField(max_length=40)  # the name of the signature field in the PDF
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=300, blank=True)
    is_seal = models.BooleanField(default=False)
    signed_at = models.DateTimeField(null=True, blank=True)  # as the signature says
    certificate = models.CharField(max_length=300, blank=True)  # whose certificate it is
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["signing", "order"], name="one_turn_one_signature")]

    def __str__(self) -> str:
        return self.name
