"""`python -m trustact.cli`."""

from trustact.cli import main

main()
