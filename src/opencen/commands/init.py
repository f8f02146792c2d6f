"""Make an installation: its folder, settings file, keys and database."""

from __future__ import annotations

import argparse
import json
import re

import django
import pycountry

from opencen.commands.protocol import CommandFailed
from opencen.config.home import CONFIG_NAME, FOLDERS, SECRETS, Home, open_home
from opencen.config.migration import migrate_database

NODE_ID = re.compile(r"^[a-z0-9][a-z0-9-]{1,30}$")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what may be said about the node."""
    parser.add_argument("--id", default="local", help="short name of this node, for example tn-customs")
    parser.add_argument("--name", default="National Customs Service", help="name shown on every page")
    parser.add_argument("--country", default="XX", help="ISO 3166 code of the country, XX for none")
    parser.add_argument("--kind", default="national", choices=["national", "hub", "field"])
    parser.add_argument("--database", default="", metavar="URL", help="postgresql://..., instead of a SQLite file")
    parser.add_argument("--host", action="append", default=[], help="host name under which browsers reach it")
    parser.add_argument("--port", type=int, default=8000)


def run(arguments: argparse.Namespace) -> int:
    """Create what is missing and leave what is there."""
    home = open_home()
    check_answers(arguments)
    is_new = not (home.path / CONFIG_NAME).exists()
    make_home(home, arguments)
    django.setup()
    applied = migrate_database()
    print(f"{'made' if is_new else 'kept'} the installation in {home.path}; {len(applied)} database steps applied")
    return 0


def check_answers(arguments: argparse.Namespace) -> None:
    """Refuse a node that could not be told from others."""
    if not NODE_ID.match(arguments.id):
        raise CommandFailed(f"--id {arguments.id!r}: use 2 to 31 small letters, digits and hyphens")
    country = arguments.country.upper()
    if country != "XX" and pycountry.countries.get(alpha_2=country) is None:
        raise CommandFailed(f"--country {arguments.country!r}: not a two-letter ISO 3166 code")


def make_home(home: Home, arguments: argparse.Namespace) -> None:
    """Write folders, settings file and keys, readable by the owner only."""
    home.path.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        (home.path / name).mkdir(mode=0o700, exist_ok=True)
    for name in SECRETS:
        home.write_secret(name)
    config = home.path / CONFIG_NAME
    if not config.exists():
        config.touch(mode=0o600)
        config.write_text(make_config(arguments), "utf-8")
    home.__dict__.pop("config", None)


def make_config(arguments: argparse.Namespace) -> str:
    """Write the settings file with a word on each setting."""
    hosts = ["localhost", "127.0.0.1", "[::1]", *arguments.host]
    quote = json.dumps  # a TOML basic string is written like a JSON string
    database = (
        f"url = {quote(arguments.database)}"
        if arguments.database
        else '# url = "postgresql://user:password@host/opencen"'
    )
    return f"""# Settings of this OpenCEN installation; docs/guides/administrator.md explains each.
# After a change: restart `opencen serve`.

[node]
id = {quote(arguments.id)}            # never change it once records exist
name = {quote(arguments.name)}
country = {quote(arguments.country.upper())}
kind = {quote(arguments.kind)}

[web]
hosts = {quote(hosts)}
address = "127.0.0.1"
port = {arguments.port}
workers = 2                # web processes
https = false              # true behind a proxy that speaks HTTPS, or with certificate and key below
# certificate = "/etc/opencen/server.pem"
# key = "/etc/opencen/server.key"

[database]
{database}

[databases]
installed = ["case", "control", "suspect", "company", "conveyance", "investigation"]
"""
