"""`python -m tillit`: the operator's command."""

from tillit.config.cli import main

main()
