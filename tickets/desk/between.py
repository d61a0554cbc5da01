"""Between departments: a question with a clock of its own, its answer, or that it is not theirs (R44)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.routing import answering
from tickets.case.ticket import Question
from tickets.case.values import Number, PersonId, Text
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.staff import staffing
from tickets.errors import IllegalMove, Incomplete, NotFound, Refused
from tickets.message import Who, say
from tickets.people.roles import Action, Role


def ask(
    desk: Desk, number: Number, department: str, question: Text, *, by: PersonId, receipt: str
) -> Outcome:
    """Ask another department; the policies say how long it has for the answer (内部时限)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.ASK_DEPARTMENT, scene.ticket)
        asked = scene.handbook.departments.get(department)
        if asked is None:
            raise Incomplete({"department": say("field.pick_one")})
        if department == scene.ticket.department:
            raise Incomplete({"department": say("ask_department.has_it")})
        there = staffing(desk, scene.unit, rivals=())
        return (
            f.Asked(
                department=department,
                question=question,
                key=_next_key(scene, department),
                called=answering(asked, scene.handbook, there),
            ),
        )

    return change(desk, number, by=by, action=Action.ASK_DEPARTMENT, receipt=receipt, decide=decide)


def _next_key(scene: Scene, department: str) -> str:
    """Tell the question from earlier ones to the same department, those of past rounds too."""
    asked = [event.fact for event in scene.events if isinstance(event.fact, f.Asked)]
    place = 1 + sum(one.department == department for one in asked)
    return department if place == 1 else f"{department}#{place}"


def answer(
    desk: Desk, number: Number, key: str, text: Text, *, by: PersonId, receipt: str
) -> Outcome:
    """Answer a question that one's department was asked; whoever is first answers it."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        question = _open_question(scene, key)
        return (f.Answered(department=question.department, reply=text, key=question.key),)

    return change(
        desk, number, by=by, action=Action.ANSWER_QUESTION, receipt=receipt, decide=decide
    )


def decline(
    desk: Desk, number: Number, key: str, reason: Text, *, by: PersonId, receipt: str
) -> Outcome:
    """Say that a question is not one's department's, and why; whoever asked decides whom to ask now."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        question = _open_question(scene, key)
        return (f.NotOurs(department=question.department, reason=reason, key=question.key),)

    return change(
        desk, number, by=by, action=Action.ANSWER_QUESTION, receipt=receipt, decide=decide
    )


def _open_question(scene: Scene, key: str) -> Question:
    """Find the question by its key; without one, the only one that is open."""
    lifecycle.require(Move.ANSWER_QUESTION, scene.ticket)
    meant = [one for one in scene.ticket.questions if one.key == key]
    found = next(iter(meant or scene.ticket.open_questions), None)
    if found is None or not (key or len(scene.ticket.open_questions) == 1):
        raise NotFound("question.gone", number=scene.ticket.number)
    who = scene.who
    if Role.SUPERVISOR not in who.roles and found.department not in who.departments | who.leads:
        raise Refused("refused.not_asked")
    if found.settled_by:
        raise IllegalMove("question.settled", number=scene.ticket.number, who=Who(found.settled_by))
    return found
