#!/usr/bin/env python
"""Django's own commands: ./run manage …"""

import os
import sys
from pathlib import Path

WITHOUT_DATA = {"help", "--help", "version", "--version", "check", "makemigrations", "makemessages", "compilemessages"}
"""Commands that read the code alone. All others say by TILLIT_MODE what they touch."""

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillit.config.settings")
    from django.core.management import execute_from_command_line

    from tillit.config.environment import require_mode

    if sys.argv[1:2] and sys.argv[1] not in WITHOUT_DATA:
        require_mode()
    execute_from_command_line(sys.argv)
