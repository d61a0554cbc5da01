"""What the desk keeps of its customers beyond the model: the trade's own fields, and tags set by rule."""

from bot.desk_config.schema_texts import Customer, CustomerTag
from bot.desk_config.words import words
from tickets import handbook
from tickets.case.values import Kind

THIRD_COMPLAINT = 3  # R129: 以上 includes the number


def customer_fields(customer: Customer) -> tuple[handbook.CustomerField, ...]:
    """Give the trade's own fields in the order they are written (R130)."""
    return tuple(
        handbook.CustomerField(
            key=key,
            name=row.name.words(),
            type=row.type,
            choices={choice: label.words() for choice, label in row.choices.items()},
            private=row.private,
        )
        for key, row in customer.fields.items()
    )


def customer_tags(customer: Customer) -> tuple[handbook.CustomerTag, ...]:
    """Give the tags the desk sets by itself; those of R129 where the file says nothing."""
    if customer.tags is None:
        return (_usual(),)
    return tuple(_tag(key, row) for key, row in customer.tags.items())


def _tag(key: str, row: CustomerTag) -> handbook.CustomerTag:
    return handbook.CustomerTag(
        key=key,
        name=row.name.words(),
        kind=row.kind,
        at_least=row.at_least,
        hint=None if row.hint is None else row.hint.words(),
    )


def _usual() -> handbook.CustomerTag:
    return handbook.CustomerTag(
        key="follow_closely",
        name=words(zh="重点跟进", en="Follow closely"),
        kind=Kind.COMPLAINT,
        at_least=THIRD_COMPLAINT,
        hint=words(
            zh="该客户多次投诉：先听完，再核对上次的答复是否落实，并约定下一步的时间。",
            en="This customer has complained several times: hear them out, check whether our last answer"
            " was kept, and agree on when the next step comes.",
        ),
    )
