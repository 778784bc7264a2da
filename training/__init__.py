"""How the line reader (`trustact.intake.linereader`) is taught: `python -m training`, described in docs/line-reader.md."""
