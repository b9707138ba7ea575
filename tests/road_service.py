"""A stand-in for osrm-routed on 127.0.0.1: its table service, version 1, with its refusals, and mishaps on order.

After docs/http.md and src/engine/plugins/table.cpp of OSRM: coordinates as longitude,latitude; sources and
destinations by index; durations in seconds with one decimal, null where there is no way; refusals as status 400 with
a code. Its roads run along streets only: ten seconds per thousandth of a degree northwards, twenty southwards, and
thirty per thousandth east or west.
"""

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Spot = tuple[float, float]
Mishap = Callable[[BaseHTTPRequestHandler], None]


class Refusal(Exception):
    """What osrm-routed says no with."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.body: dict[str, object] = {"code": code, "message": message or code}


class RoadService:
    """The server: what it was asked, how large tables it makes, what goes wrong next."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.max_table_size = 100
        self.packs = True
        self.mishaps: list[Mishap] = []
        """What happens to the next requests instead of an answer, one each."""
        self.always: Mishap | None = None
        self.islands: set[Spot] = set()
        """Longitude, latitude: nothing leads there or away."""
        self.released = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                service.asked.append(self.path)
                service.headers.append(dict(self.headers))
                mishap = service.mishaps.pop(0) if service.mishaps else service.always
                if mishap is not None:
                    self.close_connection = True
                    mishap(self)
                    return
                try:
                    status, body = 200, service.table(self.path)
                except Refusal as refusal:
                    status, body = 400, refusal.body
                service.send(self, status, body)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"

    def send(self, handler: BaseHTTPRequestHandler, status: int, body: object, **headers: str) -> None:
        """Send JSON, packed where that is asked for and this server packs."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        if self.packs and "gzip" in handler.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data)
            handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Content-Type", "application/json; charset=UTF-8")
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    def table(self, address: str) -> dict[str, object]:
        """Return the table asked for. Raises Refusal."""
        parts = urlsplit(address)
        try:
            _, service, version, _profile, spots_text = parts.path.split("/")
        except ValueError:
            raise Refusal("InvalidUrl", "URL string malformed close to position 1") from None
        if service != "table":
            raise Refusal("InvalidService", f"Service {service} not found!")
        if version != "v1":
            raise Refusal("InvalidVersion", f"Service {service} not found!")
        try:
            spots = [_spot(each) for each in spots_text.split(";")]
            options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
            chosen = [
                [int(each) for each in options[name].split(";")] if name in options else list(range(len(spots)))
                for name in ("sources", "destinations")
            ]
        except ValueError:
            raise Refusal("InvalidQuery", "Query string malformed close to position 1") from None
        if set(options) - {"sources", "destinations", "annotations"}:
            raise Refusal("InvalidQuery", "Query string malformed close to position 2")
        if any(not 0 <= each < len(spots) for each in (*chosen[0], *chosen[1])):
            raise Refusal("InvalidOptions", "Index is out of bounds")
        if any(abs(longitude) > 180 or abs(latitude) > 90 for longitude, latitude in spots):
            raise Refusal("InvalidValue", "Coordinates are invalid")
        if max(len(spots), len(chosen[0]), len(chosen[1])) > self.max_table_size:
            raise Refusal("TooBig", "Too many table coordinates")
        return {
            "code": "Ok",
            "durations": [[self._seconds(spots[one], spots[other]) for other in chosen[1]] for one in chosen[0]],
            "sources": [_waypoint(spots[each]) for each in chosen[0]],
            "destinations": [_waypoint(spots[each]) for each in chosen[1]],
        }

    def _seconds(self, one: Spot, other: Spot) -> float | None:
        if one == other:
            return 0
        if one in self.islands or other in self.islands:
            return None
        north = round((other[1] - one[1]) * 1000)
        east = abs(round((other[0] - one[0]) * 1000))
        return round((north * 10 if north > 0 else -north * 20) + east * 30 + 0.1, 1)


def _spot(text: str) -> Spot:
    longitude, latitude = text.split(",")
    return float(longitude), float(latitude)


def _waypoint(spot: Spot) -> dict[str, object]:
    return {"hint": "KSoKADRYroqUBAEAEAAAABkAAAAGAAAAAAAAABhnCQ", "distance": 4.15, "name": "", "location": list(spot)}


def answers(status: int, body: object, **headers: str) -> Mishap:
    """Return the mishap that answers so."""

    def mishap(handler: BaseHTTPRequestHandler) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)

    return mishap


def resets(handler: BaseHTTPRequestHandler) -> None:
    """Cut the connection as a server that falls over does."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def stops_halfway(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"code": "Ok", "durations": [[0')


def never_answers(service: RoadService) -> Mishap:
    """Return the mishap that is silent until the test is over."""

    def mishap(_handler: BaseHTTPRequestHandler) -> None:
        service.released.wait(30)

    return mishap


def drips(service: RoadService) -> Mishap:
    """Return the mishap that sends a byte now and then, so that no single read ever times out."""

    def mishap(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        try:
            while not service.released.is_set():
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.02)
        except OSError:
            return

    return mishap


@contextmanager
def serving() -> Iterator[RoadService]:
    """Run the stand-in in a thread of its own while the block lasts."""
    service = RoadService()
    thread = threading.Thread(target=service.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.released.set()
        service.server.shutdown()
        thread.join()
        service.server.server_close()
