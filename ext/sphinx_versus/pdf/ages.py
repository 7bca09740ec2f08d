"""The drawing of the ages of values: put behind their sentence before components are written, and set by the style."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from ..components import ages
from ..components.component import Component
from ..components.i18n import _
from ..components.time_axis import WIDTH, Dot, Lane
from .repetition import Asked
from .syntax import call
from .writer import Handler, Writer


class TimeAxis(nodes.General, nodes.Element):
    """A drawing that only the PDF has, as :func:`.ages.figure` makes it, with its legend."""


def draw_ages(tree: nodes.document, asked: Asked, language: str) -> None:
    """Put the drawing behind each sentence about the ages of values."""
    for component in [one for one in tree.findall(Component) if one["name"] == "ages"]:
        view = asked.view(component)
        if (drawn := ages.figure(view, language)) is not None:
            axis = TimeAxis("", drawn=drawn, legend=ages.legend(view))
            component.parent.insert(component.parent.index(component) + 1, axis)


def time_axis(writer: Writer, node: TimeAxis) -> str:
    """The drawing; what it shows stands in the table too, so one sentence is what others than eyes get of it."""
    drawn = node["drawn"]
    return call(
        "time-axis",
        alt=drawn["label"],
        width=WIDTH,
        height=drawn["height"],
        bottom=drawn["bottom"],
        axes=[*drawn["axes"]],
        stale=float(drawn["stale"] or 0),
        stale_y=drawn["stale_y"],
        years=[(float(x), str(year)) for x, year in drawn["years"]],
        lanes=[_lane(lane) for lane in drawn["lanes"]],
        legend=node["legend"],
        old=_("over a year old"),
    )


def _lane(lane: Lane) -> Mapping[str, object]:
    labels = [(float(label.x.rstrip("%")), label.y, label.words) for label in lane.labels]
    return {"name": lane.name, "y": lane.name_y, "dots": [_dot(dot) for dot in lane.dots], "labels": labels}


def _dot(dot: Dot) -> tuple[float, float, float, str]:
    return float(dot.x.rstrip("%")), dot.dx, dot.y, dot.shape


HANDLERS: Mapping[type[nodes.Node], Handler] = {TimeAxis: time_axis}
