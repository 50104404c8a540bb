"""Why what a client sends is refused, in German."""

from pydantic import ValidationError

from data.region_pack.reasons import where_and_why


def reasons(error: ValidationError) -> list[str]:
    """Return one sentence for each impossible parameter: which, why, what was given."""
    found = (where_and_why(item) for item in error.errors(include_url=False))
    return [f"{where or 'Anfrage'}: {why}" for where, why in found]
