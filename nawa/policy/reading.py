"""Reads a policy file: YAML, but only plain data, within limits, each key once, and with the path to every mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import yaml

from nawa.policy.problems import refuse

MOST_BYTES: Final = 262_144
MOST_DEPTH: Final = 12
MOST_NODES: Final = 20_000

_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where the wheel has it


def read(text: bytes) -> dict[str, Any]:
    """Return the file as nested dicts, lists, texts, whole numbers, `Decimal`, dates, yes/no and None.

    Raises:
        PolicyRefused: too large, too deep, an alias, a tag, a key given twice, not YAML, or not a mapping.
    """
    if len(text) > MOST_BYTES:
        raise refuse("", "too_large", most=MOST_BYTES)
    try:
        _keep_within_limits(text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise refuse(_place(error), "not_yaml") from error
    except UnicodeDecodeError as error:
        raise refuse("", "not_yaml") from error
    if not isinstance(node, yaml.MappingNode):
        raise refuse("", "no_mapping")
    return {str(key): value for key, value in _mapping(node, "").items()}


def _keep_within_limits(text: bytes) -> None:
    """Walk the events before anything is built, so that a bomb never unfolds."""
    depth = nodes = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise refuse(_line(event), "alias")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        nodes += isinstance(event, yaml.NodeEvent)
        if depth > MOST_DEPTH or nodes > MOST_NODES:
            raise refuse(_line(event), "too_deep", depth=MOST_DEPTH, nodes=MOST_NODES)


def _line(event: yaml.Event) -> str:
    return f"baris/line {event.start_mark.line + 1}" if event.start_mark else ""


def _place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"baris/line {mark.line + 1}:{mark.column + 1}" if mark else ""


def _value(node: yaml.Node, path: str) -> Any:
    if node.tag == "tag:yaml.org,2002:map" and isinstance(node, yaml.MappingNode):
        return _mapping(node, path)
    if node.tag == "tag:yaml.org,2002:seq" and isinstance(node, yaml.SequenceNode):
        return [_value(item, f"{path}[{index}]") for index, item in enumerate(node.value)]
    return _scalar(node, path)


def _mapping(node: yaml.MappingNode, path: str) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise refuse(path, "bad_key", key="…")
        key = _scalar(key_node, path)
        if not isinstance(key, str | int | date) or isinstance(key, bool):
            raise refuse(path, "bad_key", key=key_node.value)
        if key in found:
            raise refuse(_below(path, key), "twice", line=key_node.start_mark.line + 1)
        found[key] = _value(value_node, _below(path, key))
    return found


def _below(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


def _text(node: yaml.ScalarNode) -> str:
    return str(node.value)


def _whole(node: yaml.ScalarNode) -> int:
    return int(node.value.replace("_", ""))


def _decimal(node: yaml.ScalarNode) -> Decimal:
    number = Decimal(node.value.replace("_", ""))
    if not number.is_finite():
        raise ValueError(node.value)
    return number


def _boolean(node: yaml.ScalarNode) -> bool:
    return {"true": True, "false": False}[node.value.lower()]


_SCALARS: Final[Mapping[str, Callable[[yaml.ScalarNode], Any]]] = {
    "tag:yaml.org,2002:str": _text,
    "tag:yaml.org,2002:int": _whole,
    "tag:yaml.org,2002:float": _decimal,
    "tag:yaml.org,2002:bool": _boolean,
    "tag:yaml.org,2002:timestamp": lambda node: date.fromisoformat(node.value),
    "tag:yaml.org,2002:null": lambda _: None,
}


def _scalar(node: yaml.Node, path: str) -> Any:
    convert = _SCALARS.get(node.tag)
    if convert is None or not isinstance(node, yaml.ScalarNode):
        raise refuse(path, "tag", tag=node.tag)
    try:
        return convert(node)
    except (ValueError, KeyError, ArithmeticError) as error:
        raise refuse(path, "bad_scalar", value=node.value[:80]) from error
