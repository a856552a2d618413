"""The command line: options in, a package out."""

import argparse
import os
import re
import sys
from pathlib import Path

from .errors import PersonError
from .images import size_of
from .table import Where, choose, need_column, part_of, read_rows, split

EPILOG = """examples:
  a folder of images, a test split drawn at random:
    python -m linegate_train --images parts --labels parts/labels.csv --out package
  two positions held out for the test, starting from pretrained weights:
    python -m linegate_train --images frames --labels frames/labels.csv --group position --test position=A,B \\
      --init trunk.pth --boxes boxes_xyxy --size 512x208 --out package
"""


def parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(
        "linegate_train",
        description="Makes a Linegate model package from a folder of images and a CSV of labels.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    data = p.add_argument_group("images")
    data.add_argument("--images", type=Path, required=True, metavar="DIR", help="the folder that the CSV's files lie in")
    data.add_argument("--labels", type=Path, required=True, metavar="CSV", help="columns file,label and any others")
    data.add_argument("--ok", default="good,ok", metavar="LABELS", help="labels of good parts (good,ok)")
    data.add_argument("--words", action="append", default=[], metavar="LANG:LABEL=WORD,…", help="what the screen calls them in a language")
    data.add_argument("--where", action="append", default=[], metavar="COL=V1,V2", help="only these rows")
    data.add_argument("--where-not", action="append", default=[], metavar="COL=V1,V2", help="not these rows")
    data.add_argument("--group", metavar="COL", help="rows with one value of this column stay in one split")
    data.add_argument("--boxes", metavar="COL", help="where defects are: x0 y0 x1 y1;… in pixels; the training then learns where to look")
    data.add_argument("--test", default="0.2", metavar="SHARE|COL=V1,V2", help="what to measure on (0.2)")
    data.add_argument("--val", default="0.15", metavar="SHARE|COL=V1,V2", help="what to choose epoch and thresholds by (0.15)")
    model = p.add_argument_group("model")
    model.add_argument("--size", default="224", metavar="N|WxH", help="input of the model, pixels (224)")
    model.add_argument("--resize", choices=["area", "linear"], default="area", help="how pictures come to it (area)")
    model.add_argument("--init", type=Path, metavar="PTH", help="pretrained weights, state dict of tf_efficientnet_lite0")
    model.add_argument("--unsure", type=float, default=0.005, metavar="SHARE", help="most unsure parts when choosing thresholds (0.005)")
    fit = p.add_argument_group("training")
    fit.add_argument("--epochs", type=int, metavar="N", help="epochs at the full size (6 with --init, else 15)")
    fit.add_argument("--first", default="0", metavar="N@WxH", help="epochs on smaller images before: 10@128 (none)")
    fit.add_argument("--rate", type=float, metavar="LR", help="learning rate (0.0003 with --init, else 0.002)")
    fit.add_argument("--batch", type=int, metavar="N", help="images a step (16 with --init, else 32)")
    fit.add_argument("--patches", type=int, default=0, metavar="N", help="pieces around known defects (--boxes) to learn from first (none)")
    fit.add_argument("--paste", type=float, default=0.0, metavar="SHARE", help="of pictures with known defects (--boxes), how many lend them to good ones (0)")
    fit.add_argument("--rotate", type=float, default=3.0, metavar="DEG", help="most degrees that pictures are turned (3)")
    fit.add_argument("--shift", type=float, default=0.04, metavar="SHARE", help="most that pictures are shifted (0.04)")
    fit.add_argument("--flip", choices=["", "h", "v", "hv"], default="", help="mirror at random; never where a side matters")
    fit.add_argument("--seed", type=int, default=1)
    fit.add_argument("--threads", type=int, default=os.cpu_count(), metavar="N", help="threads of the training (all cores)")
    out = p.add_argument_group("package")
    out.add_argument("--out", type=Path, required=True, metavar="PKG", help="folder of the package")
    out.add_argument("--name", help="name in the manifest (the folder's)")
    out.add_argument("--version", default="1.0.0", help="version in the manifest (1.0.0)")
    out.add_argument("--description", default="", help="one sentence in manifest and card")
    out.add_argument("--golden", type=int, default=300, metavar="N", help="images of the golden set (300)")
    return p


def main(arguments: list[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    try:
        check(options)
        return run(options)
    except PersonError as error:
        print(f"linegate_train: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("linegate_train: stopped; nothing was written.", file=sys.stderr)
        return 130


def check(options: argparse.Namespace) -> None:
    """Refuses what would fail only after hours. Raises PersonError."""
    if not options.images.is_dir():
        raise PersonError(f"The folder {options.images} is not there. Check --images.")
    if options.init is not None and not options.init.is_file():
        raise PersonError(f"The weights {options.init} are not there. Check --init.")
    for option in ("unsure", "paste"):
        if not 0 <= getattr(options, option) < 1:
            raise PersonError(f"--{option} {getattr(options, option)} is no share. Give a number from 0 to below 1.")
    if not re.fullmatch(r"\d+\.\d+\.\d+", options.version):
        raise PersonError(f'The version "{options.version}" is not of the form 1.2.3. Check --version.')
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name_of(options)):
        raise PersonError(f'The name "{name_of(options)}" may hold only small letters, digits and "-". Give another --name.')
    for option in ("golden", "threads", "epochs", "batch"):
        if getattr(options, option) is not None and getattr(options, option) < 1:
            raise PersonError(f"--{option} {getattr(options, option)} is too few. Give at least 1.")


def name_of(options: argparse.Namespace) -> str:
    return options.name or options.out.resolve().name


def run(options: argparse.Namespace) -> int:
    rows = choose(
        read_rows(options.labels),
        [Where.parse(text) for text in options.where],
        [Where.parse(text) for text in options.where_not],
    )
    if options.boxes is not None:
        need_column(rows[0].columns, options.boxes)
    elif options.patches > 0 or options.paste > 0:
        raise PersonError("--patches and --paste need to know where defects are. Name the column with --boxes.")
    parts = split(
        rows,
        group=options.group,
        val=part_of(options.val, "--val"),
        test=part_of(options.test, "--test"),
        seed=options.seed,
    )
    print(f"{len(parts.train)} images to learn from, {len(parts.val)} to choose by, {len(parts.test)} to measure on.", file=sys.stderr)
    # torch takes seconds to load; wrong input is answered before.
    from .make import make
    from .order import order

    facts = make(order(options, parts, name_of(options), size_of(options.size)))
    f, q = facts.fp32, facts.int8
    print(f"{options.out}: {facts.name} {facts.version}")
    print(f"FP32  accuracy {f.accuracy:.4f}  balanced {f.balanced_accuracy:.4f}  {f.inference_ms:.2f} ms  {f.bytes / 1e6:.1f} MB")
    print(f"INT8  accuracy {q.accuracy:.4f}  balanced {q.balanced_accuracy:.4f}  {q.inference_ms:.2f} ms  {q.bytes / 1e6:.1f} MB")
    print(f"thresholds ok {facts.thresholds.ok:.2f}, nok {facts.thresholds.nok:.2f}; pictures in {options.out / 'report'}")
    return 0
