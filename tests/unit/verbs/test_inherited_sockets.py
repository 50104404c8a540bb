"""What a forked job inherits: not the browsers' connections, everything else."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from config import ROOT
from verbs.inherited_sockets import let_go

FORKING = """
import os, socket, sys
from verbs.inherited_sockets import let_go_in_children
server = socket.create_server(("127.0.0.1", 0))
let_go_in_children({server.getsockname()[1]})
browser = socket.create_connection(server.getsockname())
accepted, _ = server.accept()
ready, told = os.pipe()
hold, end = os.pipe()
if os.fork() == 0:
    os.close(end)
    os.write(told, b"x")
    os.read(hold, 1)  # the job goes on
    os._exit(0)
os.read(ready, 1)
accepted.close()
browser.settimeout(5)
print("closed" if browser.recv(1) == b"" else "open")
os.close(end)
"""


def test_a_connection_that_the_worker_closes_is_closed_though_a_job_runs_on():
    found = subprocess.run(
        [sys.executable, "-c", FORKING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert found.stdout.strip() == "closed"


def test_connections_to_other_servers_and_files_stay_usable(tmp_path):
    with (
        socket.create_server(("127.0.0.1", 0)) as ours,
        socket.create_server(("127.0.0.1", 0)) as database,
        socket.create_connection(database.getsockname()) as client,
        (tmp_path / "file").open("w") as file,
    ):
        accepted, _ = database.accept()
        number = ours.fileno()
        let_go({ours.getsockname()[1]})
        client.sendall(b"select")
        assert accepted.recv(6) == b"select"
        file.write("kept")
        assert os.fstat(number).st_rdev == Path(os.devnull).stat().st_rdev
        accepted.close()
