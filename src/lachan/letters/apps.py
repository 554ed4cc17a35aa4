from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "lachan.letters"
    label = "letters"
    verbose_name = "văn bản"
