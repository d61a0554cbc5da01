"""安抚用语 before a customer is told, and told again: by how they felt, in the reader's language, nothing for a calm one."""

import pytest

from handlers.views.modal import Opener
from handlers.views.modals_customer import tell
from handlers.views.modals_repeat import tell_again
from tests.handlers.views.conftest import logged
from tests.handlers.views.lives import RESOLVED, a_sheet
from tests.handlers.views.slack_rules import check_view, said
from tickets.case.values import Emotion
from tickets.handbook import Handbook
from tickets.tongue import Tongue

FORMS = pytest.mark.parametrize("form", [tell, tell_again])


@pytest.mark.requirement(28)
@FORMS
@pytest.mark.parametrize("emotion", [Emotion.ANGRY, Emotion.DISAPPOINTED, Emotion.ANXIOUS])
def test_each_feeling_has_its_words_in_each_language(
    form: Opener, emotion: Emotion, handbook: Handbook, tongue: Tongue
) -> None:
    sheet = a_sheet(handbook, tongue, (RESOLVED,), intake=logged(emotion=emotion))

    text = said(check_view(form(sheet))["blocks"])

    words = tongue(f"soothing.told.{emotion}")
    assert f"💬 {tongue('soothing.say', words=words)}" in text
    felt = set(Emotion) - {Emotion.CALM}
    assert tongue(f"soothing.{emotion}") not in text  # of the first call, when nothing was known
    assert not [one for one in felt - {emotion} if tongue(f"soothing.told.{one}") in text]


@FORMS
def test_before_a_calm_customer_the_facts_come_first(
    form: Opener, handbook: Handbook, english: Tongue
) -> None:
    sheet = a_sheet(handbook, english, (RESOLVED,), intake=logged(emotion=Emotion.CALM))

    assert "💬" not in said(check_view(form(sheet))["blocks"])
