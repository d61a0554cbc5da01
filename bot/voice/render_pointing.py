"""What a person reads privately about their own words, with what to write instead (DESK.md 6, R13, R114)."""

from slack_sdk.models.blocks.block_elements import RichTextElementParts

from bot.voice.scene import Scene
from handlers.views.notices import Said, link_to, message
from handlers.views.rich import Run, words
from handlers.views.screen import Screen
from handlers.views.text import clip
from tickets.case.values import PersonId
from tickets.delivery import Pointless
from tickets.desk.exposed import are_copied, files_at
from tickets.message import Who

LONGEST = 2_000  # of the wording to post instead; a message holds 3,000 characters in a block


def pointed_out(scene: Scene) -> Screen | Pointless:
    """Point out to its author what should not stand there, and what to write instead."""
    pointed = scene.pointed
    if not pointed:
        return Pointless("the post was changed or removed since")
    masked = words(clip(pointed.masked, LONGEST)) if pointed.masked else []
    return message(*_said(scene), under=[masked], link=_link(scene))


def exposed(scene: Scene) -> Screen | Pointless:
    """Ask who uploaded files of a restricted case into its thread to delete them there."""
    ticket, reader = scene.ticket, scene.reader
    files = files_at(scene.known.log, scene.text("posted_ts"))
    if not (files and ticket.is_restricted):
        return Pointless("the files were removed since, or the case is restricted no more")
    by = Who(PersonId(scene.text("person")))
    said = reader.say("notice.exposed_files", number=ticket.number, person=by)
    is_kept = are_copied(scene.unit, ticket, files)
    then = reader.say("notice.exposed_kept" if is_kept else "notice.exposed_no_copy")
    return message(said, then, link=_link(scene))


def _said(scene: Scene) -> list[Said]:
    pointed, reader = scene.pointed, scene.reader
    said = [reader.say("notice.about_your_words", title=reader.title(scene.ticket))]
    if pointed.phrase:
        said.append(reader.say("notice.forbidden_phrase", phrase=pointed.phrase))
    if pointed.way:
        said.append(reader.say("notice.unsafe_way", way=pointed.way))
    if pointed.masked:
        said += [reader.say("notice.personal_data"), reader.say("notice.post_instead")]
    return said


def _link(scene: Scene) -> Run | None:
    if not scene.text("posted_in") or scene.link is None:
        return link_to(scene.link, scene.ticket.number, scene.reader.tongue)
    return [RichTextElementParts.Link(url=scene.link, text=scene.reader.tongue("notice.open_post"))]
