#!/bin/sh
# Starts the browser as the kiosk's user does: behind the line, and, whoever we are here, with no right to put itself before it.
[ "$(id -u)" = 0 ] && weak="setpriv --bounding-set=-sys_nice"
exec ${weak:-} nice -n 10 "$LINEGATE_BROWSER" "$@"
