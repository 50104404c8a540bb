"""Rivers by hand: what flows into what, with the usual speed of a wave."""

from types import SimpleNamespace

from tests.support.sample_water import RIVERS

INTO = {"nitzbach": ("nette", 36.3), "thuererbach": ("nette", 8.0), "brexbach": ("saynbach", 3.0)}


def rivers():
    rows = tuple(
        SimpleNamespace(
            river_id=key,
            name=name,
            receives_into=INTO.get(key, (None, None))[0],
            mouth_km=INTO.get(key, (None, None))[1],
        )
        for key, name in RIVERS.items()
    )
    info = SimpleNamespace(default_celerity_ms=1.4, default_celerity_sigma=0.35)
    return SimpleNamespace(pack=SimpleNamespace(rivers=rows, info=info))
