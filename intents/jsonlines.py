"""JSON lines in, JSON lines out: what other programs give and get (design, section 11)."""

import json
from datetime import datetime
from typing import Literal, assert_never

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from intents.meaning import CrisisSign, Entity, Expecting, Meaning, Reading, Value, When
from intents.understanding import Understand

Json = dict[str, "Json"] | list["Json"] | str | float | int | bool | None


class Asked(BaseModel):
    """One line in."""

    model_config = ConfigDict(extra="forbid", strict=False)
    id: str | int | None = None
    text: str
    expecting: Expecting = Expecting.OPEN
    now: AwareDatetime | None = None
    language: Literal["en", "es"] = "en"


_ASKED = TypeAdapter(Asked)


def answer_line(line: str, number: int, understand: Understand, now: datetime) -> str:
    """The line out for one line in; a line that cannot be used gives {"error", "line"} and never an exception."""
    try:
        asked = _ASKED.validate_json(line)
    except ValidationError as error:
        return json.dumps({"error": _in_words(error), "line": number})
    meaning = understand(asked.text, expecting=asked.expecting, now=asked.now or now, language=asked.language)
    return json.dumps({"id": asked.id} | as_json(meaning), ensure_ascii=False)


def as_json(meaning: Meaning) -> dict[str, Json]:
    """The meaning in the shape of the contract."""
    return {
        "text": meaning.text,
        "intent": meaning.intent.value,
        "confidence": meaning.confidence,
        "in_scope": meaning.in_scope,
        "alternatives": [{"intent": g.intent.value, "confidence": g.confidence} for g in meaning.alternatives],
        "entities": [_entity(entity) for entity in meaning.entities],
        "crisis": _crisis(meaning.crisis),
        "explanation": meaning.explanation,
    }


def _entity(entity: Entity) -> Json:
    match entity:
        case When():
            return {
                "type": entity.type,
                **_span(entity),
                "excluded": entity.excluded,
                "alternatives": [_span(reading) for reading in entity.alternatives],
                "text": entity.text,
                "rule": entity.rule,
            }
        case Value():
            return {"type": entity.type.value, "value": entity.value, "text": entity.text, "rule": entity.rule}
    assert_never(entity)


def _span(span: When | Reading) -> dict[str, Json]:
    start, end = (at.isoformat() if at else None for at in (span.start, span.end))
    return {"start": start, "end": end, "grain": span.grain.value}


def _crisis(sign: CrisisSign | None) -> Json:
    return {"level": sign.level.value, "triggers": list(sign.triggers)} if sign else None


def _in_words(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "json_invalid":
        return "This line is not JSON."
    if first["type"] in {"model_type", "model_attributes_type"}:
        return "This line is not a JSON object."
    if first["type"] == "extra_forbidden":
        return f"{where}: there is no such field."
    return f"{where}: {first['msg']}" if where else first["msg"]
