"""Calls a function as Bolt calls a listener: its parameters filled in by their names."""

from collections.abc import Callable
from inspect import getfullargspec, unwrap
from typing import TypeVar

from slack_bolt import BoltRequest
from slack_bolt.kwargs_injection import build_required_kwargs

T = TypeVar("T")


def call(function: Callable[..., T], request: BoltRequest) -> T:
    """Call a listener, or a part of one, with what this request offers."""
    return function(
        **build_required_kwargs(
            logger=request.context.logger,
            required_arg_names=getfullargspec(unwrap(function)).args,
            request=request,
            response=None,
            this_func=function,
        )
    )
