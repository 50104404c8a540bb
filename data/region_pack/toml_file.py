"""Reads a TOML file of a region pack into its model: every fault is named, in German."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from data.region_pack.faults import IS_FOLDER, Fault, RegionPackError
from data.region_pack.reasons import where_and_why

Model = TypeVar("Model", bound=BaseModel)


def read_toml(directory: Path, file: str, model: type[Model]) -> Model | None:
    """Return the content of a file, None where there is no such file.

    Raises
    ------
    RegionPackError
        With every fault of the file.
    """
    path = directory / file
    if path.is_dir():
        raise RegionPackError(str(directory), [Fault(file, 0, "", IS_FOLDER)])
    if not path.is_file():
        return None
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RegionPackError(str(directory), [Fault(file, 0, "", str(error))]) from error
    except ValidationError as error:
        faults = [Fault(file, 0, *where_and_why(item)) for item in error.errors()]
        raise RegionPackError(str(directory), faults) from error


def require_once(directory: Path, file: str, column: str, ids: Iterable[str]) -> None:
    """Refuse a file in which an id stands twice.

    Raises
    ------
    RegionPackError
        With each id that does.
    """
    twice = [name for name, count in Counter(ids).items() if count > 1]
    if twice:
        faults = [Fault(file, 0, column, f"„{name}“ steht zweimal da") for name in twice]
        raise RegionPackError(str(directory), faults)
