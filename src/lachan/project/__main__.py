"""`python -m lachan.project` is the `lachan` command."""

from lachan.project.cli import main

main()
