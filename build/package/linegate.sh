#!/bin/sh
# The `linegate` command of an installed Linegate: its services, on its own Node.
here=$(dirname "$(readlink -f "$0")")
export OPENCV4NODEJS_DISABLE_AUTOBUILD=1
exec "$here/node/bin/node" --disable-warning=ExperimentalWarning "$here/app.asar.unpacked/electron/cli/main.ts" "$@"
