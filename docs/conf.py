"""Sphinx: `python -m tests site` builds the pages into build/site, with warnings as errors."""

from __future__ import annotations

import shutil
from pathlib import Path

from dashwidgets import __version__

HERE = Path(__file__).parent
EXAMPLES = HERE / "examples"

# The notebooks have a folder of their own; Sphinx reads only what is below this one.
shutil.rmtree(EXAMPLES, ignore_errors=True)
shutil.copytree(HERE.parent / "notebooks", EXAMPLES, ignore=shutil.ignore_patterns(".*"))

project = "dashwidgets"
author = "The dashwidgets authors"
copyright = "2026, the dashwidgets authors"  # noqa: A001 - the name is Sphinx's
version = release = __version__

extensions = ["myst_nb", "numpydoc", "sphinx.ext.autodoc", "sphinx.ext.autosummary"]
exclude_patterns = ["images/README.md"]
html_theme = "pydata_sphinx_theme"
html_title = "dashwidgets"
html_static_path = ["style"]
html_css_files = ["site.css"]
html_extra_path = ["../build/live"]
html_theme_options = {"show_toc_level": 2, "navigation_with_keys": False}
html_show_sourcelink = False

# The reference is run while it is built. The notebooks are run by `python -m tests notebooks`, and
# their outputs are committed.
nb_execution_mode = "force"
nb_execution_excludepatterns = ["examples/*"]
nb_execution_raise_on_error = True
nb_execution_timeout = 120
# A committed notebook holds no widget state; the live pages stand beside the guides instead.
suppress_warnings = ["mystnb.unknown_mime_type", "mystnb.mime_type"]
myst_heading_anchors = 3

autodoc_typehints = "none"
autosummary_generate = True
numpydoc_show_class_members = False
numpydoc_xref_param_type = False
default_role = "code"
