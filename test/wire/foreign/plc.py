"""
A PLC whose program knows nothing of Linegate: own names, own types, own namespace; its OPC UA server is asyncua.

Like most real ones it cannot choose source time stamps, nor the status of a write: a trigger is three assignments, a
command is taken by the next scan and answered by an echo. The wires to the conveyor are lines of JSON on stdin and stdout.

It says of each part what became of it and why, and counts its own lateness: unlike a real PLC it has no time of its own, and
is held up for hundreds of milliseconds when the machine is busy. Nobody else is to be blamed for what it does then.
"""

import argparse
import asyncio
import json
import sys
import time

from asyncua import Server, ua
from server import serve

URI = "urn:acme:packer:4711"
DB = '"DB_Vision".'
SCAN_S = 0.01
VISION_OLD_S = 0.3
# So many counts before the gate a part is decided.
LEAD = 800
PROGRAM = {
    "Life": ua.VariantType.Byte,
    "PartNo": ua.VariantType.UInt16,
    "PartPos": ua.VariantType.Int32,
    "PartCount": ua.VariantType.UInt16,
    "Pos": ua.VariantType.Int32,
    "Speed": ua.VariantType.Int16,
    "Runs": ua.VariantType.Boolean,
    "CmdDone": ua.VariantType.UInt16,
    "GateAlone": ua.VariantType.Boolean,
}
VISION = {
    "VisionLife": ua.VariantType.Byte,
    "VisionReady": ua.VariantType.Int16,
    "Recipe": ua.VariantType.String,
    "CmdPartNo": ua.VariantType.UInt16,
    "CmdOut": ua.VariantType.Int16,
    "CmdUntil": ua.VariantType.Int32,
    "CmdScore": ua.VariantType.Double,
    "Cmd": ua.VariantType.UInt16,
}


def as_int32(count):
    return (count + 2**31) % 2**32 - 2**31


class Program:
    """The cells between sensor and gate, by part number: [position, reject or None, decided]."""

    def __init__(self, options, nodes):
        self.options, self.nodes = options, nodes
        self.cells, self.count, self.last_command = {}, 0, None
        self.vision_life, self.vision_seen = None, 0.0
        self.belt = {"encoder": 0, "countsPerSecond": 0, "running": False}

    async def set(self, name, value):
        await self.nodes[name].write_value(ua.Variant(value, PROGRAM[name]))

    async def read(self, name):
        return await self.nodes[name].read_value()

    async def on_wire(self, message):
        if message["type"] == "edge":
            await self.on_part(message["part"] % 2**16, message["encoder"])
        elif message["type"] == "tick":
            self.belt = message
            self.drive_gate()

    async def on_part(self, number, position):
        self.count = (self.count + 1) % 2**16
        self.cells[number] = [position, None, False]
        await self.set("PartNo", number)
        await self.set("PartPos", as_int32(position))
        await self.set("PartCount", self.count)

    async def take_command(self):
        command = await self.read("Cmd")
        if command == self.last_command:
            return
        is_first, self.last_command = self.last_command is None, command
        cell = self.cells.get(await self.read("CmdPartNo"))
        if is_first or cell is None or cell[2] or cell[1] is not None:
            return
        cell[1] = await self.read("CmdOut") != 0
        await self.set("CmdDone", command)

    async def tell_belt(self):
        await self.set("Pos", as_int32(self.belt["encoder"]))
        await self.set("Speed", round(self.belt["countsPerSecond"] / 10))
        await self.set("Runs", self.belt["running"])

    async def watch_vision(self):
        life = await self.read("VisionLife")
        if life != self.vision_life:
            self.vision_life, self.vision_seen = life, time.monotonic()
        await self.set("GateAlone", self.is_alone())

    def is_alone(self):
        return time.monotonic() - self.vision_seen > VISION_OLD_S

    def drive_gate(self):
        here = self.belt["encoder"]
        for number, (position, out, decided) in list(self.cells.items()):
            gate = position + self.options.gate_distance
            if here > gate + self.options.window:
                del self.cells[number]
                if not decided:
                    say({"type": "decided", "part": number, "out": False, "why": "held-up"})
            elif not decided and here >= gate - LEAD:
                self.cells[number][2] = True
                why = "alone" if self.is_alone() else "no-verdict" if out is None else "verdict"
                is_out = why != "verdict" or out
                say({"type": "decided", "part": number, "out": is_out, "why": why})
                if is_out:
                    say({"type": "gate", "openAt": gate - self.options.window, "closeAt": gate + self.options.window})

    async def scan(self):
        for turn in range(sys.maxsize):
            await self.take_command()
            await self.watch_vision()
            if turn % 5 == 0:
                await self.tell_belt()
                await self.set("Life", turn // 5 % 256)
            await asyncio.sleep(SCAN_S)


def say(message):
    print(json.dumps(message), flush=True)


async def hear(program):
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        await program.on_wire(json.loads(line))


async def add_nodes(server: Server):
    # Another namespace before ours: its number differs from one program to the next, its URI does not.
    await server.register_namespace("urn:acme:library")
    space = await server.register_namespace(URI)
    block = await server.nodes.objects.add_object(ua.NodeId("DB_Vision", space), f"{space}:DB_Vision")
    nodes = {}
    for name, kind in (PROGRAM | VISION).items():
        node_id = ua.NodeId(f'{DB}"{name}"', space)
        empty = "" if kind == ua.VariantType.String else 0
        empty = False if kind == ua.VariantType.Boolean else empty
        nodes[name] = await block.add_variable(node_id, f"{space}:{name}", ua.Variant(empty, kind))
        if name in VISION:
            await nodes[name].set_writable()
    return nodes


async def main():
    parser = argparse.ArgumentParser()
    for option in ("--port", "--pki", "--user", "--password-file"):
        parser.add_argument(option, required=True)
    parser.add_argument("--gate-distance", type=int, default=4000)
    parser.add_argument("--window", type=int, default=80)
    options = parser.parse_args()
    async with await serve(options, "urn:acme:packer", add_nodes) as (_, nodes):
        program = Program(options, nodes)
        say({"type": "ready"})
        await asyncio.gather(program.scan(), hear(program))


asyncio.run(main())
