"""The `lachan bench` command: one word for each thing that is measured."""

import os

import click

from lachan.project.bench.boundaries import boundaries
from lachan.project.bench.check import check
from lachan.project.bench.faults import faults
from lachan.project.bench.letters import letters
from lachan.project.bench.links import links
from lachan.project.bench.reports import reports
from lachan.project.bench.rollup import rollup
from lachan.project.bench.similar import similar
from lachan.project.bench.standing import standing
from lachan.project.language import chosen, speak

_ = speak(chosen((), os.environ))


@click.group(help=_("Đo tốc độ, mỗi số đặt cạnh giới hạn của nó."))
def bench() -> None:
    pass


for measured in (boundaries, check, faults, letters, links, reports, rollup, similar, standing):
    bench.add_command(measured)
