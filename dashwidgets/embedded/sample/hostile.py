"""Content written to attack whoever shows it: markup, formulas, terminal codes, bidirectional text.

Only tests and curious readers ask for it: ``dw.local(sample="hostile")``.
"""

from __future__ import annotations

from dashwidgets.embedded.sample.building_blocks import (
    INES,
    TOM,
    SampleDashboard,
    insight,
    series,
    text,
    trends,
)

HOSTILE = (
    SampleDashboard(
        "<img src=x onerror=alert(1)> *not bold*",
        '=HYPERLINK("https://example.com") is text, and so is <b>this</b>',
        ("hostile",),
        owner=TOM,
        created_days_ago=15,
        opened_days_ago=14,
        tiles=(
            text(
                (0, 0, 6, 2), "<script>alert(1)</script> [a link](javascript:alert(1)) stays text."
            ),
            insight(
                (6, 0, 6, 5),
                "<svg onload=alert(1)>{{7*7}}</svg>",
                trends(series("signed_up", custom_name="<b onmouseover=alert(1)>signed up</b>")),
                description="[click](javascript:alert(1)) &lt;b&gt;",
            ),
        ),
    ),
    SampleDashboard(
        "=cmd|'/c calc'!A1",
        "A formula, if a spreadsheet opens it",
        ("hostile", "@SUM(1+1)", "-2+3"),
        owner=INES,
        created_days_ago=12,
        opened_days_ago=11,
        tiles=(text((0, 0, 6, 2), "![](https://attacker.example/pixel.png) loads nothing."),),
    ),
    SampleDashboard(
        "gnp.\u202eexe\u202c \x1b[31mred\x1b[0m \u200b\ufeffzero width",
        "Reversed, colored and invisible characters",
        ("hostile",),
        owner=INES,
        created_days_ago=11,
        opened_days_ago=10,
        # Escaped: in an editor these characters would turn the source around.
        tiles=(text((0, 0, 6, 2), "\u202eright to left\u202c"),),
    ),
    SampleDashboard(
        ("Very long " * 40).strip(),
        "As long as PostHog lets a name be",
        ("hostile",),
        owner=TOM,
        created_days_ago=10,
        opened_days_ago=9,
        tiles=(text((0, 0, 6, 2), "x" * 4_000),),
    ),
)
