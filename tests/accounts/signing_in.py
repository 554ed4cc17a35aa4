"""`log_in` as people do it: through the form."""

from cast import PASSWORD
from django.test import Client

from lachan.orgs.models import Person

LOGIN = "/tai-khoan/login/"


def log_in(person: Person, password: str = PASSWORD, device: str = "own") -> Client:
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": password, "device": device})
    return client
