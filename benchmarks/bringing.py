"""`deskbot import` of the team's own sheet as an operator types it: new rows, then the same file again.

Processor time is that of the whole command, its start and every process of it included.
"""

import csv
import os
import resource
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks import wording
from benchmarks.ground import Place, new_place
from benchmarks.measure import Series
from benchmarks.memory import DESKBOT
from benchmarks.report import Bar, Figure, Report, at_most
from benchmarks.scale import Scale

MINUTES_2 = 120.0  # of 100,000 rows
A_DAY = 200  # rows
_HEADINGS = (
    "记录编号,来电时间,来电时段,客户姓名,联系方式,客户类型,问题类型(一级),问题类型(二级),问题描述,紧急程度,"
    "责任部门,责任人,要求处理时限,处理状态,处理过程记录,处理结果,客户反馈,满意度评分,归档日期,备注"
).split(",")
_FIRST = date(2022, 3, 1)
_NEW, _AGAIN = "new rows", "the same rows again"


def run(place: Place, scale: Scale) -> Report:
    """Bring the sheet in twice, on a desk that has nothing yet."""
    own = new_place(place.folder.parent / "bringing")
    sheet = own.folder / "sheet.csv"
    _write(sheet, scale.brought)
    found = {name: _taken(own, sheet, scale.brought) for name in (_NEW, _AGAIN)}
    own.remove()
    return Report(
        f"deskbot import: {scale.brought:,} rows of the hotline's table, nine in ten of them filed",
        [line for name, values in found.items() for line in _figures(name, values, scale.brought)],
    )


def _figures(name: str, values: Mapping[str, float], rows: int) -> Iterator[Figure]:
    bars: Mapping[str, Bar] = {"s": at_most(MINUTES_2 * rows / 100_000, "100,000 in 2 minutes")}
    for unit, value in values.items():
        yield Figure(name, Series((value,)), unit, bars.get(unit))


def _taken(place: Place, sheet: Path, rows: int) -> Mapping[str, float]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "DATABASE_URL": place.url,
    }
    command, before, began = [str(DESKBOT), "import", str(sheet)], _cpu_s(), perf_counter()
    done = subprocess.run(
        command, check=False, cwd=place.folder, env=environment, capture_output=True, text=True
    )
    took, cpu = perf_counter() - began, _cpu_s() - before
    if done.returncode or " 0 differs, 0 refused" not in done.stdout:
        msg = f"the sheet did not come in: {done.stdout[-500:]}{done.stderr[-500:]}"
        raise RuntimeError(msg)
    return {"s": took, "rows/s": rows / took, "CPU s": cpu, "CPU ms a row": cpu * 1000 / rows}


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _write(path: Path, rows: int) -> None:
    choose = Random(20261129)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        writer.writerows(_row(place, choose) for place in range(rows))


def _row(place: int, choose: Random) -> list[str]:
    """A row as the source prints one; customers call again, a third of their numbers are masked."""
    day = _FIRST + timedelta(days=place // A_DAY)
    at = f"{day} {8 + place % 10:02}:{choose.randrange(60):02}"
    caller = choose.randrange(40_000)
    is_masked, is_open = choose.random() < 1 / 3, choose.random() < 0.1
    last = f"{caller:05}"
    return [
        f"{day:%Y%m%d}{1 + place % A_DAY:03}",
        at,
        "忙时" if choose.random() < 0.5 else "闲时",
        f"{wording.name(Random(caller))}{choose.choice(('先生', '女士'))}",
        f"138****{last[-4:]}" if is_masked else f"138001{last}",
        choose.choice(("老客户", "新客户", "VIP")),
        "售后服务",
        choose.choice(("故障报修", "退换货")),
        wording.description(choose),
        choose.choice(("紧急", "一般", "不紧急")),
        "技术部",
        "*工",
        f"{day + timedelta(days=1)} 24:00",
        "处理中" if is_open else "已关闭",
        f"{day} 19:00 *工联系客户，约定{day + timedelta(days=2)}上门；已告知需要准备的材料",
        "" if is_open else "更换同型号新机，现场调试正常",
        "" if is_open else "满意，表扬速度快",
        "" if is_open else choose.choice("345"),
        "" if is_open else f"{day + timedelta(days=6)}",
        "安装时加装防尘罩" if choose.random() < 0.3 else "",
    ]
