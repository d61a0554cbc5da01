"""Runs in the peers' own environment: how long a scan of django-helpdesk or escalated-django takes, as JSON.

python django_desks.py helpdesk|escalated FOLDER OPEN DUE ROUNDS
"""

import json
import logging
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"  # given to the peers as to the desk
URLS = "peer_urls"
APPS = {
    "helpdesk": ["helpdesk"],
    "escalated": ["escalated"],
}


def main(peer: str, folder: str, many: int, due: int, rounds: int) -> None:
    """Fill a desk of this size, scan it with none due and with some, print milliseconds a round."""
    set_up(APPS[peer], Path(folder))
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    desk = Helpdesk() if peer == "helpdesk" else Escalated()
    desk.fill(many)
    found: dict[str, list[float]] = {"none": [], "due": []}
    for _ in range(rounds):
        found["none"].append(timed(desk.scan))
        desk.make_due(due)
        found["due"].append(timed(desk.scan))
        handled = desk.handled()
        if handled != due:
            raise SystemExit(f"{peer} handled {handled} of {due}")
        desk.calm_down()
    print(json.dumps(found | desk.sums(rounds)))


def set_up(apps: list[str], folder: Path) -> None:
    """Configure Django from this one block; mail goes nowhere."""
    from django.conf import settings

    logging.disable(logging.CRITICAL)
    settings.configure(
        SECRET_KEY="x",
        BASE_DIR=folder,
        USE_TZ=True,
        DEBUG=False,
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.messages",
            "django.contrib.humanize",
            "django.contrib.admin",
            "rest_framework",
            *apps,
        ],
        SITE_ID=1,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "peer.db",
                "OPTIONS": {"init_command": PRAGMAS, "transaction_mode": "IMMEDIATE"},
            }
        },
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        ROOT_URLCONF=URLS,
        HELPDESK_TEAMS_MODE_ENABLED=False,
    )
    import django

    django.setup()
    sys.modules[URLS] = addresses(apps)


def addresses(apps: list[str]) -> ModuleType:
    """Give the pages that django-helpdesk's mails link to."""
    from django.urls import include, path

    module = ModuleType(URLS)
    patterns = [path("helpdesk/", include("helpdesk.urls"))] if "helpdesk" in apps else []
    module.__dict__["urlpatterns"] = patterns
    return module


def timed(work: Callable[[], Any]) -> float:
    """Time one piece of work in milliseconds."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


class Helpdesk:
    """django-helpdesk: `escalate_tickets`, one queue that escalates after three days."""

    def fill(self, many: int) -> None:
        """Store open tickets of today."""
        from helpdesk.models import Queue, Ticket

        self.queue = Queue.objects.create(title="Desk", slug="desk", escalate_days=3)
        tickets = (
            Ticket(
                title=f"Ticket {n}",
                queue=self.queue,
                status=1,
                priority=4,
                submitter_email="a@example.com",
            )
            for n in range(many)
        )
        Ticket.objects.bulk_create(tickets, batch_size=2000)

    def scan(self) -> None:
        """Do what cron does."""
        from django.core.management import call_command

        call_command("escalate_tickets", stdout=StringIO())

    def make_due(self, due: int) -> None:
        """Have some escalate next time."""
        from django.utils import timezone
        from helpdesk.models import Ticket

        chosen = list(Ticket.objects.values_list("id", flat=True)[:due])
        long_ago = timezone.now() - timedelta(days=10)
        self._update(chosen, last_escalation=long_ago, priority=4)

    def handled(self) -> int:
        """Count the escalated ones."""
        from helpdesk.models import Ticket

        return int(Ticket.objects.filter(priority=3).count())

    def calm_down(self) -> None:
        """Put everything back, so that rounds are alike."""
        from helpdesk.models import FollowUp, Ticket

        FollowUp.objects.all().delete()
        Ticket.objects.filter(priority=3).update(priority=4)

    def sums(self, _rounds: int) -> dict[str, list[float]]:
        """It counts whole days alone."""
        return {}

    def _update(self, ids: list[int], **values: object) -> None:
        from helpdesk.models import Ticket

        for first in range(0, len(ids), 500):
            Ticket.objects.filter(id__in=ids[first : first + 500]).update(**values)


class Escalated:
    """escalated-django: `check_sla`, two deadlines a ticket."""

    def fill(self, many: int) -> None:
        """Store open tickets whose deadlines lie a day ahead."""
        from django.utils import timezone
        from escalated.models import SlaPolicy, Ticket

        policy = SlaPolicy.objects.create(
            name="Desk",
            is_default=True,
            first_response_hours={"medium": 24},
            resolution_hours={"medium": 72},
        )
        now = timezone.now()
        tickets = (
            Ticket(
                subject=f"Ticket {n}",
                description="x",
                reference=f"ESC-{n:07}",
                sla_policy=policy,
                first_response_due_at=now + timedelta(days=1),
                resolution_due_at=now + timedelta(days=3),
            )
            for n in range(many)
        )
        Ticket.objects.bulk_create(tickets, batch_size=2000)

    def scan(self) -> None:
        """Do what cron does."""
        from django.core.management import call_command

        call_command("check_sla", stdout=StringIO())

    def make_due(self, due: int) -> None:
        """Have some be breached next time."""
        from django.utils import timezone
        from escalated.models import Ticket

        chosen = list(Ticket.objects.values_list("id", flat=True)[:due])
        past = timezone.now() - timedelta(hours=1)
        for first in range(0, len(chosen), 500):
            Ticket.objects.filter(id__in=chosen[first : first + 500]).update(
                first_response_due_at=past
            )

    def handled(self) -> int:
        """Count the breached ones."""
        from escalated.models import Ticket

        return int(Ticket.objects.filter(sla_first_response_breached=True).count())

    def calm_down(self) -> None:
        """Put everything back, so that rounds are alike."""
        from django.utils import timezone
        from escalated.models import Ticket

        Ticket.objects.filter(sla_first_response_breached=True).update(
            sla_first_response_breached=False,
            first_response_due_at=timezone.now() + timedelta(days=1),
        )

    def sums(self, rounds: int) -> dict[str, list[float]]:
        """Add 16 working hours as its service does, weekdays only; how many a second."""
        from django.utils import timezone
        from escalated.services.sla_service import SlaService

        now = timezone.now()
        starts = [now + timedelta(minutes=71 * n) for n in range(2000)]
        took = [
            timed(lambda: [SlaService._add_business_hours(start, 16) for start in starts])
            for _ in range(rounds)
        ]
        return {"add": [len(starts) / ms * 1000 for ms in took]}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(number) for number in sys.argv[3:6]))
