"""A GigE Vision camera on loopback: Aravis's own simulated one, whose serial number is the argument."""

import sys

import gi

gi.require_version("Aravis", "0.8")
from gi.repository import Aravis, GLib  # noqa: E402

camera = Aravis.GvFakeCamera.new("127.0.0.1", sys.argv[1])
if not camera.is_running():
    sys.exit("the simulated camera does not run")
print('{"type": "ready"}', flush=True)
GLib.MainLoop().run()
