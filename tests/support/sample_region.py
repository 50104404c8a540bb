"""Sample municipalities, boundaries and stops: a made-up county of three associations."""

from services.settlement_model import BoundarySet, MunicipalityView, StopSupplyView

STOPS_ATTRIBUTION = (
    "Haltestellen: Deutsche Bahn (CC BY 4.0) und OpenStreetMap contributors (ODbL). Kein Fahrplan."
)
GROUPS = ("VG Vordereifel", "VG Mendig", "VG Rhein-Mosel", "verbandsfrei")
COUNT = 24
WEST, SOUTH, STEP = 6.98, 50.22, 0.1
COLUMNS = 6


def municipalities() -> tuple[MunicipalityView, ...]:
    return tuple(_municipality(index) for index in range(COUNT))


def _municipality(index: int) -> MunicipalityView:
    before = 200 + index * index * 60
    factor = 1 + ((index * 7) % 13 - 6) / 60
    after = int(before * factor)
    is_missing = index == 5
    return MunicipalityView(
        ags=f"071370{index:02d}",
        name="Sankt Sebastian am langen Namensberg" if index == 3 else f"Musterdorf {index}",
        vg=GROUPS[index % 4],
        area_km2=4.0 + index,
        pop_2011=None if is_missing else before,
        pop_2016=int(before * (1 + (factor - 1) * 0.5)),
        pop_2018=int(before * (1 + (factor - 1) * 0.8)),
        pop_2020=after,
        change_percent=None if is_missing else 100.0 * (after - before) / before,
        density_per_km2=after / (4.0 + index),
        source="Statistisches Bundesamt, Gemeindeverzeichnis",
    )


def totals() -> MunicipalityView:
    rows = municipalities()
    return MunicipalityView(
        ags="07137",
        name="Landkreis Mayen-Koblenz",
        vg="",
        area_km2=sum(row.area_km2 for row in rows),
        pop_2011=None,
        pop_2016=sum(row.pop_2016 or 0 for row in rows),
        pop_2018=sum(row.pop_2018 or 0 for row in rows),
        pop_2020=sum(row.pop_2020 or 0 for row in rows),
        change_percent=None,
        density_per_km2=100.0,
        source="Statistisches Bundesamt, Gemeindeverzeichnis",
    )


def boundaries() -> BoundarySet:
    features = []
    for index, row in enumerate(municipalities()):
        west = WEST + (index % COLUMNS) * STEP
        south = SOUTH + (index // COLUMNS) * STEP * 0.7
        ring = [
            [west, south],
            [west + STEP, south],
            [west + STEP, south + STEP * 0.7],
            [west, south + STEP * 0.7],
            [west, south],
        ]
        features.append(
            {
                "type": "Feature",
                "properties": {"ags": row.ags, "name": row.name},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return BoundarySet(tuple(features), is_schematic=True, label="schematisch", attribution="")


def stops() -> tuple[StopSupplyView, ...]:
    return tuple(
        StopSupplyView(
            ags=row.ags,
            name=row.name,
            vg=row.vg,
            bus=(index * 5) % 17,
            rail=1 if index % 6 == 0 else 0,
            other=0,
            per_1000=None if row.pop_2020 is None else 1000.0 * ((index * 5) % 17) / row.pop_2020,
        )
        for index, row in enumerate(municipalities())
    )
