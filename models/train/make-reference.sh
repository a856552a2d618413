#!/bin/sh
# Makes ../reference from nothing: renders parts, trains on them from scratch, quantizes, measures, packs.
# About an hour on two free cores. COUNT (training images), PATCHES, EPOCHS and OUT may be set, for a rehearsal.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repo=$(cd "$here/../.." && pwd)
python=${LINEGATE_PYTHON:-python3}
count=${COUNT:-12000}
out=${OUT:-$here/../reference}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

export PATH="$repo/node_modules/.bin:$PATH" OPENCV4NODEJS_DISABLE_AUTOBUILD=1
# Another seed is other parts: nothing that is measured on was seen in training.
render() { node "$repo/electron/sim/camera/render.ts" --out "$work/$1" --seed "$2" --count "$3"; }
echo "Rendering $count parts to learn from, $((count / 6)) to choose by and $((count / 4)) to measure on." >&2
render train 11 "$count" &
training=$!
render val 12 "$((count / 6))"
render test 13 "$((count / 4))"
wait "$training"

echo file,label,boxes,set > "$work/labels.csv"
for set in train val test; do
  tail -n +2 "$work/$set/labels.csv" | sed "s|^|$set/|; s|\$|,$set|" >> "$work/labels.csv"
done
cd "$here"
"$python" -m linegate_train --images "$work" --labels "$work/labels.csv" --val set=val --test set=test \
  --size 160 --resize linear --unsure 0.003 --boxes boxes --patches "${PATCHES:-150000}" --epochs "${EPOCHS:-5}" --batch 16 --rate 1e-3 --rotate 0 --shift 0.02 \
  --words "de:good=gut,contaminated=verschmutzt,cracked=gebrochen,missing=fehlt,rotated=verdreht,scratched=zerkratzt" \
  --name chips-in-tape --version 1.0.0 --out "$out" \
  --description "Chip resistors and capacitors in carrier tape, as the simulated line shows them: good, or one of five defects."
