"""What an archived case still takes: an addendum, the end of its words, a dossier made of it (R96, R98)."""

from dataclasses import dataclass

from tickets.case.facts.base import Fact
from tickets.case.values import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum(Fact):
    """补充说明: puts right or adds to what is archived; what stands there stays as it is."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposed(Fact):
    """What people wrote was disposed of by two people's consent; why is kept with the disposal (DESK.md 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierMade(Fact):
    """完整问题处理档案: somebody took the whole record, masked, as one file and said why (R98)."""

    reason: Text
