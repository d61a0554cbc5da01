"""The check-up before the desk opens: file, keys, database, tokens, scopes, channels, memberships."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.checkup_outside import check_outside
from bot.clock import SystemClock
from bot.desk_config.load import load_handbook
from bot.desk_config.problems import DeskFileError
from bot.directory import SlackLookup, references_of
from bot.findings import Finding, Verdict
from bot.foundation import database_file, naming_the_newest_backup, vault_of
from bot.settings import ENV_FILE, Connection, Settings, open_to_others
from storage import waterline
from storage.canary import prove_keys
from storage.database import open_database
from storage.reach import require_reachable
from storage.revisions import SqlRevisions
from storage.schema import require_current
from storage.trouble import KeyLost, RecordsUnusable
from storage.vault import Vault
from tickets.handbook import Handbook
from tickets.time.decreed import missing_years, provisional_years

MANIFEST = Path(__file__).parents[1] / "manifest.yml"


def check_up(settings: Settings, *, live: bool) -> list[Finding]:
    """Look at every part; what one part lacks does not keep the others from being looked at."""
    client = _client(settings)
    findings, handbook = _desk_file(settings, client)
    findings += [*_env_file(), *_records(settings, handbook)]
    if handbook:
        findings += check_outside(settings, handbook, clock=SystemClock(), live=live)
    if client is None:
        findings.append(
            Finding(Verdict.DOUBTFUL, "slack", "no SLACK_BOT_TOKEN: `deskbot run` opens a sandbox")
        )
        return findings
    findings += _slack(settings, client, handbook)
    if live and handbook:
        findings += _probe(client, handbook)
    return findings


def _env_file() -> Iterator[Finding]:
    if mode := open_to_others():
        text = f"{ENV_FILE} holds secrets and is open to others (mode {mode}): run `chmod 600 {ENV_FILE}`"
        yield Finding(Verdict.DOUBTFUL, "settings", text)


def _client(settings: Settings) -> WebClient | None:
    token = settings.slack_bot_token
    if token is None:
        return None
    return WebClient(token=token.get_secret_value(), base_url=settings.slack_api_url, timeout=10)


def _desk_file(
    settings: Settings, client: WebClient | None
) -> tuple[list[Finding], Handbook | None]:
    file = settings.desk_config
    if not file.exists():
        missing = f"{file} is missing; `deskbot init` writes one to start from"
        return [Finding(Verdict.WRONG, "desk", missing)], None
    try:
        loaded = load_handbook(file, today=_today(), lookup=SlackLookup(client) if client else None)
    except DeskFileError as error:
        return [Finding(Verdict.WRONG, "desk", str(problem)) for problem in error.problems], None
    except (SlackApiError, OSError) as trouble:
        return [
            Finding(Verdict.WRONG, "desk", f"people could not be looked up in Slack: {trouble}")
        ], None
    doubts = [Finding(Verdict.DOUBTFUL, "desk", str(warning)) for warning in loaded.warnings]
    good = Finding(Verdict.GOOD, "desk", f"{file} can be used")
    return [*doubts, good, _years(loaded.handbook)], loaded.handbook


def _years(handbook: Handbook) -> Finding:
    """Say which years count plain weekdays; from 1 November the next one should be known."""
    plan, today = handbook.calendar, _today()
    provisional = provisional_years(plan, today)
    if not provisional:
        return Finding(Verdict.GOOD, "calendar", "the holidays of the years ahead are known")
    named = ", ".join(str(year) for year in provisional)
    text = f"not decreed yet, so plain weekdays count and deadlines are provisional (暂定): {named}"
    if missing := missing_years(plan, today):
        mend = f"; upgrade deskbot or write {missing[0]} under calendar.decreed in desk.yml"
        return Finding(Verdict.DOUBTFUL, "calendar", text + mend)
    return Finding(Verdict.GOOD, "calendar", text)


def _today() -> date:
    return SystemClock().now().date()


def _records(settings: Settings, handbook: Handbook | None) -> list[Finding]:
    file = database_file(settings)
    if file and not file.exists() and not waterline.mark_of(file).exists():
        return [
            Finding(
                Verdict.GOOD,
                "database",
                f"{file} will be made at the first start, with its key file",
            )
        ]
    try:
        vault = vault_of(settings)
        database = open_database(settings.database_url, readers=2)
    except RecordsUnusable as trouble:
        return [Finding(Verdict.WRONG, "keys", str(trouble))]
    try:
        require_reachable(database, within=timedelta(0), tell=lambda _why, _left: None)
        with naming_the_newest_backup(settings):
            waterline.require_there(database)
            require_current(database)
            waterline.require_reached(database)
        prove_keys(database, vault)
        revision = _revision(SqlRevisions(database, vault, SystemClock()), settings, handbook)
    except KeyLost as trouble:
        return [Finding(Verdict.WRONG, "keys", str(trouble))]
    except RecordsUnusable as trouble:
        return [Finding(Verdict.WRONG, "database", str(trouble))]
    except Exception as trouble:  # noqa: BLE001  a driver's error in its own words is what helps here
        return [Finding(Verdict.WRONG, "database", f"cannot be opened: {trouble}")]
    finally:
        database.dispose()
    return [
        Finding(Verdict.GOOD, "database", "is sound and of this program's schema"),
        _keys(vault),
        *revision,
    ]


def _keys(vault: Vault) -> Finding:
    first, in_use = vault.desk.ring.newest.id, vault.newest_key_id
    if first == in_use:
        return Finding(Verdict.GOOD, "keys", "open what is stored")
    text = f"open what is stored; {first} waits: once every bot has it, run `deskbot keys rotate`"
    return Finding(Verdict.DOUBTFUL, "keys", text)


def _revision(
    revisions: SqlRevisions, settings: Settings, handbook: Handbook | None
) -> list[Finding]:
    """Say which of two desk files would be in force (desk_config/book.py)."""
    newest = revisions.newest()
    if handbook is None or newest is None or newest.revision == handbook.revision:
        return []
    own = f"{settings.desk_config} (revision {handbook.revision})"
    since = f"{newest.revision}, in force since {newest.adopted_at:%Y-%m-%d %H:%M} UTC"
    if revisions.is_known(handbook.revision):
        text = f"{own} is older than {since}, which is used instead"
        return [Finding(Verdict.DOUBTFUL, "desk", text)]
    return [Finding(Verdict.GOOD, "desk", f"{own} will replace {since}, when it is started")]


def _slack(settings: Settings, client: WebClient, handbook: Handbook | None) -> list[Finding]:
    try:
        answer = client.auth_test()
    except (SlackApiError, OSError) as trouble:
        return [Finding(Verdict.WRONG, "token", f"SLACK_BOT_TOKEN is refused: {_why(trouble)}")]
    findings = [Finding(Verdict.GOOD, "token", f"{answer['user']} in workspace {answer['team']}")]
    findings += _scopes(str(answer.headers.get("x-oauth-scopes", "")))
    findings += _app_token(settings, client)
    return findings + (list(_places(client, handbook)) if handbook else [])


def _scopes(granted: str) -> list[Finding]:
    manifest: dict[str, Any] = YAML(typ="safe").load(MANIFEST.read_text(encoding="utf-8"))
    wanted = set(manifest["oauth_config"]["scopes"]["bot"])
    missing = sorted(wanted - {scope.strip() for scope in granted.split(",")})
    if missing:
        text = f"not granted: {', '.join(missing)}; install the app again from manifest.yml"
        return [Finding(Verdict.WRONG, "scopes", text)]
    return [Finding(Verdict.GOOD, "scopes", "all that manifest.yml asks for")]


def _app_token(settings: Settings, client: WebClient) -> list[Finding]:
    if settings.connection is not Connection.SOCKET or settings.slack_app_token is None:
        return [Finding(Verdict.GOOD, "wire", f"HTTP on port {settings.port}, path /slack/events")]
    try:
        client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except (SlackApiError, OSError) as trouble:
        return [Finding(Verdict.WRONG, "wire", f"SLACK_APP_TOKEN is refused: {_why(trouble)}")]
    return [Finding(Verdict.GOOD, "wire", "Socket Mode")]


def _places(client: WebClient, handbook: Handbook) -> Iterator[Finding]:
    channels = _channels(client)
    for reference in sorted(references_of(handbook)):
        channel = channels.get(reference.lstrip("#"))
        if channel is None:
            yield Finding(
                Verdict.WRONG, "channel", f"{reference} does not exist, or the bot cannot see it"
            )
        elif channel.get("is_archived"):
            yield Finding(Verdict.WRONG, "channel", f"{reference} is archived")
        elif not channel.get("is_member"):
            yield Finding(
                Verdict.WRONG, "channel", f"{reference}: invite the bot with /invite @deskbot"
            )
        else:
            yield Finding(Verdict.GOOD, "channel", reference)
            yield from _absent(client, channel, reference, handbook)


def _channels(client: WebClient) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for page in client.conversations_list(types="public_channel,private_channel", limit=200):
        for channel in page["channels"]:
            found[channel["id"]] = found[channel["name"]] = channel
    return found


def _absent(
    client: WebClient, channel: dict[str, Any], reference: str, handbook: Handbook
) -> Iterator[Finding]:
    needed = {
        person
        for department in handbook.departments.values()
        if department.channel in {reference, channel["id"]}
        for person in (department.lead, *department.members)
    }
    there: set[str] = set()
    for page in client.conversations_members(channel=channel["id"], limit=200):
        there |= set(page["members"])
    missing: Sequence[str] = sorted(needed - there)
    if missing:
        text = f"{reference}: not members, so they are told by direct message: {', '.join(missing)}"
        yield Finding(Verdict.DOUBTFUL, "channel", text)


def _probe(client: WebClient, handbook: Handbook) -> list[Finding]:
    """Post, read back and delete one message, to see that delivery can be proved here."""
    metadata = {"event_type": "desk_notice", "event_payload": {"k": "probe"}}
    try:
        posted = client.chat_postMessage(
            channel=handbook.channel,
            text="deskbot check",
            metadata=metadata,
            link_names=False,
            parse="none",
        )
        page = client.conversations_history(
            channel=posted["channel"],
            latest=posted["ts"],
            inclusive=True,
            limit=1,
            include_all_metadata=True,
        )
        echoed = (
            page["messages"][0].get("metadata", {}).get("event_payload", {}).get("k") == "probe"
        )
        client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    except (SlackApiError, OSError, LookupError) as trouble:
        return [Finding(Verdict.WRONG, "live", f"the probe failed: {_why(trouble)}")]
    if not echoed:
        return [Finding(Verdict.WRONG, "live", "Slack did not give the message's metadata back")]
    return [Finding(Verdict.GOOD, "live", "a message can be posted, found again and deleted")]


def _why(trouble: Exception) -> str:
    return (
        str(trouble.response.get("error")) if isinstance(trouble, SlackApiError) else str(trouble)
    )
