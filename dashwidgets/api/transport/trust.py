"""Which certificates are trusted: the operating system's, unless told otherwise."""

from __future__ import annotations

import os
import ssl
import sys
from functools import cache
from pathlib import Path

from dashwidgets.api.errors import ConfigurationError

BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # Alpine, BSD
)
"""Where systems keep their certificates, for a Python that was built elsewhere."""

FILE, FOLDER = "SSL_CERT_FILE", "SSL_CERT_DIR"


def checked_ca(ca: str | Path | None) -> Path | None:
    """The file that a user named, wherever the program changes its folder to."""
    return None if ca is None else Path(ca).expanduser().resolve()


def trust(ca: Path | None = None) -> ssl.SSLContext:
    """What a server's certificate is checked against.

    ``SSL_CERT_FILE`` or ``SSL_CERT_DIR``, where set, replace the operating system's store;
    ``ca``, a PEM file or an OpenSSL folder of them, is trusted as well.

    Raises `ConfigurationError` for a file that is missing or holds no certificate.
    """
    return _trust(ca, os.environ.get(FILE), os.environ.get(FOLDER))


@cache  # reading certificates costs more than everything else a client does at start
def _trust(ca: Path | None, file: str | None, folder: str | None) -> ssl.SSLContext:
    if file or folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        _add(context, FILE if file else FOLDER, Path(file or folder or ""))
    else:
        context = _of_the_system()
    if ca is not None:
        _add(context, "ca", ca)
    return context


def _add(context: ssl.SSLContext, name: str, path: Path) -> None:
    if not path.exists():
        raise ConfigurationError(f"{name} names {path}, which does not exist.")
    try:
        if path.is_dir():
            context.load_verify_locations(capath=str(path))
        else:
            context.load_verify_locations(cafile=str(path))
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(
            f"{name} names {path}, which can't be read as certificates: "
            "give a PEM file (-----BEGIN CERTIFICATE-----)."
        ) from error


def _of_the_system() -> ssl.SSLContext:
    if sys.platform == "win32" or sys.platform == "darwin":
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Elsewhere truststore reads the whole file for every connection: 75 ms each.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    paths = ssl.get_default_verify_paths()
    if paths.cafile or (paths.capath and any(Path(paths.capath).glob("*.[0-9]"))):
        context.load_default_certs()
        return context
    found = next((path for path in BUNDLES if Path(path).is_file()), None)
    if found is None:  # slim images have none; Mozilla's come with httpx
        import certifi

        found = certifi.where()
    context.load_verify_locations(found)
    return context
