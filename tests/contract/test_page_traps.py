"""The traps of Dash's pages folder, as tests over the source."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("pages", "components", "services", "data", "api")
    for path in sorted((ROOT / folder).rglob("*.py"))
] + [ROOT / "app.py"]
PAGES = [path for path in SOURCES if path.is_relative_to(ROOT / "pages")]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def registers(path: Path) -> bool:
    return any(
        isinstance(node, ast.Call) and getattr(node.func, "id", "") == "register_page"
        for node in ast.walk(tree(path))
    )


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_nobody_imports_a_module_that_registers_a_page():
    page_modules = {module(path) for path in PAGES if registers(path)}
    assert len(page_modules) == 44
    for path in SOURCES:
        assert imported(path) & page_modules == set(), path


def test_a_helper_in_the_pages_folder_starts_with_an_underscore():
    for path in PAGES:
        if not registers(path):
            assert path.name.startswith("_"), path


def test_a_helper_never_mentions_what_dash_searches_for():
    for path in PAGES:
        if path.name.startswith("_"):
            assert "register_page" not in path.read_text(encoding="utf-8"), path


def test_no_page_module_reads_the_registry_or_defines_a_dataclass():
    for path in PAGES:
        if registers(path):
            source = path.read_text(encoding="utf-8")
            assert "page_registry" not in source, path
            assert "@dataclass" not in source, path


def test_every_layout_takes_unknown_query_keys():
    for path in PAGES:
        if not registers(path):
            continue
        layouts = [
            node
            for node in tree(path).body
            if isinstance(node, ast.FunctionDef) and node.name == "layout"
        ]
        assert len(layouts) == 1, path
        assert layouts[0].args.kwarg is not None, path


def test_path_values_are_taken_from_the_path_only():
    for path in PAGES:
        source = path.read_text(encoding="utf-8")
        if "path_template" in source:
            layout = next(
                node
                for node in tree(path).body
                if isinstance(node, ast.FunctionDef) and node.name == "layout"
            )
            assert [argument.arg for argument in layout.args.args] == ["page_path"], path


def test_only_one_module_knows_pydeck():
    users = [path.name for path in SOURCES if any(n.startswith("pydeck") for n in imported(path))]
    assert users == ["deck.py"]


def test_callbacks_are_few_on_each_page_and_short():
    for path in PAGES:
        decorated = [
            node
            for node in tree(path).body
            if isinstance(node, ast.FunctionDef)
            and any("callback" in ast.unparse(mark) for mark in node.decorator_list)
        ]
        assert len(decorated) <= 6, path
        for node in decorated:
            assert node.end_lineno is not None
            assert node.end_lineno - node.lineno <= 40, (path, node.name)
