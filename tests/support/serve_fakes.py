"""Start the app over fakes to look at it: python -m tests.support.serve_fakes --port 8151."""

import argparse
import tempfile
from pathlib import Path

from config import Settings
from tests.support import fakes


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8151)
    parser.add_argument("--situation", default="flood")
    chosen = parser.parse_args()
    fakes.install(chosen.situation)
    from app import create_app, warm_up

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(state_dir=Path(folder)))
        warm_up(app.server)
        app.server.run(port=chosen.port, threaded=True)


if __name__ == "__main__":
    main()
