"""People who sign in, and the roles they are given on units."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lachan.orgs.models.units import Unit


class People(BaseUserManager["Person"]):
    def create_person(self, *, email: str, name: str, password: str | None, **more: Any) -> Person:
        person = self.model(email=self.normalize_email(email).lower(), name=name, **more)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in. What they may do is in `grants`; without one they may do nothing but see their own page."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """In one spelling, so that a password typed with composed letters opens on a machine that types combining marks."""
        super().set_password(raw_password and unicodedata.normalize("NFC", raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(raw_password and unicodedata.normalize("NFC", raw_password))


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("điều phối")
    EDITOR = "editor", _("biên tập")
    OFFICER = "officer", _("cán bộ phụ trách")
    HEAD = "head", _("thủ trưởng")
    COLLABORATOR = "collaborator", _("cộng tác viên")
    OPERATOR = "operator", _("quản trị hệ thống")


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self) -> GrantQuerySet:
        return self.filter(ended_at=None, person__is_active=True)


class Grant(models.Model):
    """A role given to a person on a unit and all below it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "unit"], condition=Q(ended_at=None), name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.unit}"
