"""The verb `route`: files in, one JSON object or table out, refusals in one sentence."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main

CHOW = {"k_h": 2.3, "x": 0.15, "dt_h": 1, "initial_outflow_m3s": 85}
MC = {"dx_m": 1000, "dt_s": 300, "slope": 0.006, "celerity_ms": 2, "width_m": 12, "q_ref_m3s": 40,
      "reaches": 24}  # fmt: skip
MCT = {"dx_m": 1000, "dt_s": 300, "slope": 0.006, "manning_n": 0.06, "width_m": 12,
       "side_slope": 1, "reaches": 5}  # fmt: skip
INFLOW = "t_h,Q\n0,93\n1,137\n2,208\n3,100\n"


def call(folder: Path, method: str, config: object, inflow: str = INFLOW, *more: str) -> Result:
    (folder / "config.json").write_text(
        config if isinstance(config, str) else json.dumps(config), encoding="utf-8"
    )
    (folder / "inflow.csv").write_text(inflow, encoding="utf-8")
    return CliRunner().invoke(
        main,
        ["route", "--method", method, "--config", str(folder / "config.json"),
         "--inflow", str(folder / "inflow.csv"), *more],
    )  # fmt: skip


@pytest.mark.parametrize(("method", "config"), [("muskingum", CHOW), ("mc", MC), ("mct", MCT)])
def test_each_method_prints_exactly_one_json_object(tmp_path: Path, method: str, config: object):
    called = call(tmp_path, method, config, INFLOW, "--json")
    assert called.exit_code == 0
    found = json.loads(called.output)
    assert found["t_h"] == [0.0, 1.0, 2.0, 3.0]
    assert found["inflow_m3s"] == [93.0, 137.0, 208.0, 100.0]
    assert len(found["outflow_m3s"]) == 4
    assert abs(found["mass_error"]) < 1e-9


def test_without_json_a_table_is_printed(tmp_path: Path):
    called = call(tmp_path, "muskingum", CHOW)
    assert "91.0367" in called.output
    assert "Massenfehler" in called.output


def test_a_hint_stands_below_the_table(tmp_path: Path):
    called = call(tmp_path, "muskingum", {"k_h": 29.1646, "x": 0.22107, "dt_h": 6})
    assert "Hinweis: „dt_h“ = 6" in called.output


@pytest.mark.parametrize(
    ("method", "config", "sentence"),
    [
        ("muskingum", {**CHOW, "x": 0.6}, "„x“ muss eine Zahl ab -100 bis 0.5 sein"),
        ("muskingum", {**CHOW, "k_h": 0}, "„k_h“ muss eine Zahl über 0"),
        ("muskingum", {**CHOW, "dt_h": float("nan")}, "angegeben ist nan"),
        ("muskingum", {**CHOW, "dt_h": "1"}, "angegeben ist '1'"),
        ("muskingum", {**CHOW, "k": 1}, "Unbekannter Schlüssel „k“"),
        ("muskingum", "[1]", "JSON-Objekt"),
        ("muskingum", "{", "kein JSON"),
        ("mc", {**MC, "slope": 0}, "„slope“ muss eine Zahl über 0 bis 1 sein, angegeben ist 0."),
        ("mc", {**MC, "reaches": 1.5}, "„reaches“ muss eine ganze Zahl ab 1 bis 10000 sein"),
        ("mct", {k: v for k, v in MCT.items() if k != "width_m"}, "Schlüssel „width_m“ fehlt"),
        ("mct", {**MCT, "width_m": 0, "side_slope": 0}, "nicht beide 0"),
        ("mct", {**MCT, "bankfull_m": 1}, "braucht auch „floodplain_width_m“"),
    ],
)
def test_a_wrong_configuration_is_refused_in_one_sentence(
    tmp_path: Path, method: str, config: object, sentence: str
):
    called = call(tmp_path, method, config)
    assert called.exit_code == 1
    assert sentence in called.stderr
    assert "config.json" in called.stderr
    assert "Traceback" not in called.output


@pytest.mark.parametrize(
    ("inflow", "sentence"),
    [
        ("t,Q\n0,1\n1,2\n", "Spalte „t_h“ fehlt"),
        ("t_h,Q\n0,1\n", "mindestens 2 Zeilen"),
        ("", "Spalte „t_h“ fehlt"),
        ("t_h,Q\n0,1\n0,2\n", "auf 0 folgt 0"),
        ("t_h,Q\n2,1\n1,2\n", "auf 2 folgt 1"),
        ("t_h,Q\n0,1\n1,-2\n", "„Q“ muss mindestens 0 sein, angegeben ist -2."),
        ("t_h,Q\n0,1\n1,nan\n", "„nan“ ist keine Zahl"),
        ("t_h,Q\n0,1\n1\n", "„“ ist keine Zahl"),
    ],
)
def test_a_wrong_inflow_is_refused_in_one_sentence(tmp_path: Path, inflow: str, sentence: str):
    called = call(tmp_path, "muskingum", CHOW, inflow)
    assert called.exit_code == 1
    assert sentence in called.stderr
    assert "inflow.csv" in called.stderr


def test_an_inflow_in_another_encoding_is_refused(tmp_path: Path):
    call(tmp_path, "muskingum", CHOW)
    (tmp_path / "inflow.csv").write_bytes(b"t_h,Q\n0,1\xff\n")
    files = ["--config", str(tmp_path / "config.json"), "--inflow", str(tmp_path / "inflow.csv")]
    called = CliRunner().invoke(main, ["route", "--method", "muskingum", *files])
    assert called.exit_code == 1
    assert "UTF-8" in called.stderr


def test_a_missing_file_is_named(tmp_path: Path):
    files = ["--config", str(tmp_path / "none.json"), "--inflow", str(tmp_path / "none.csv")]
    called = CliRunner().invoke(main, ["route", "--method", "mc", *files])
    assert called.exit_code == 1
    assert "none.json" in called.stderr
