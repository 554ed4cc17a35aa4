"""Packages of reports, and letters that go over the exchange."""

from lachan.exchange.models.envelopes import AgencyCode, Answer, SentEnvelope, TakenEnvelope
from lachan.exchange.models.packages import Partner, SentPackage, TakenPackage

__all__ = ["AgencyCode", "Answer", "Partner", "SentEnvelope", "SentPackage", "TakenEnvelope", "TakenPackage"]
