"""A made-up campaign in a province of real names, for `lachan demo`: units, a letter, people and what they answer."""

from pathlib import Path

HERE = Path(__file__).parent
