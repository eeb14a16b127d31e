"""What ``dw.local()`` starts beside a notebook: serves until standard input closes.

Options come as one JSON line on standard input, so that nothing is in the process list.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dashwidgets.embedded.server.serve import serve

options: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
serve(
    data_dir=Path(options["data_dir"]) if options["data_dir"] else None,
    strict=options["strict"],
    rate_limits=options["rate_limits"],
    system_tables=options["system_tables"],
    print_credentials=True,
    ends_with_stdin=True,
    sample=options["sample"],
    engine=options["engine"],
    days_ago=options["days_ago"],
)
