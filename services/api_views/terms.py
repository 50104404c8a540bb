"""Licences by what a data set holds, from the region's catalogue."""

from collections.abc import Mapping
from typing import get_args

from data.region_pack.dataset_codes import Holds
from services.catalogue.vocabulary import LICENCES
from services.region import Region

UNSAID = "nicht festgelegt"


def licences(region: Region) -> Mapping[str, str]:
    """Return the licence of the first data set of each kind; one that none has is not settled."""
    found = dict.fromkeys(get_args(Holds), UNSAID)
    rows = region.catalogue.dataset if region.catalogue else ()
    for row in reversed(rows):
        mark = " (vorläufig)" if row.licence_provisional else ""
        found[row.holds] = f"{LICENCES[row.licence].words}{mark}"
    return found
