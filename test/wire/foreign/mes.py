"""
An MES that knows nothing of Linegate: own namespace, own names, one method that takes a JSON text; its server is asyncua.

It takes each report once, by its id, and says on stdout what it took. On stdin: {"type": "lose-answers", "count": 2} makes
it take the reports of so many calls and end each with an error, as a broken transaction behind it would.
"""

import argparse
import asyncio
import json
import sys

from asyncua import ua, uamethod
from server import serve

URI = "urn:acme:mes"


class Ledger:
    def __init__(self):
        self.known, self.lose = set(), 0

    def take(self, reports):
        ids = [f"{report['station']}/{report['lane']}/{report['sequence']}" for report in reports]
        new = {each: report for each, report in zip(ids, reports) if each not in self.known}
        self.known.update(new)
        say({"type": "taken", "ids": list(new), "reports": list(new.values())})
        if self.lose > 0:
            self.lose -= 1
            raise RuntimeError("the answer is lost")
        return ids


def say(message):
    print(json.dumps(message), flush=True)


def adds_nodes(ledger):
    @uamethod
    def book(_, text):
        return ledger.take(json.loads(text))

    async def add_nodes(server):
        await server.register_namespace("urn:acme:erp")
        space = await server.register_namespace(URI)
        desk = await server.nodes.objects.add_object(ua.NodeId("Quality", space), f"{space}:Quality")
        text = ua.Argument(Name="reports", DataType=ua.NodeId(ua.ObjectIds.String))
        ids = ua.Argument(Name="booked", DataType=ua.NodeId(ua.ObjectIds.String), ValueRank=1)
        await desk.add_method(ua.NodeId(7001, space), f"{space}:Book", book, [text], [ids])

    return add_nodes


async def hear(ledger):
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        ledger.lose = json.loads(line)["count"]


async def main():
    parser = argparse.ArgumentParser()
    for option in ("--port", "--pki", "--user", "--password-file"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()
    ledger = Ledger()
    async with await serve(options, "urn:acme:mes:server", adds_nodes(ledger)):
        say({"type": "ready"})
        await hear(ledger)


asyncio.run(main())
