"""The acts upon saved charts that the log knows; what a chart shows is content and stands in no entry."""

from __future__ import annotations

from opencen.log.acts import act

CHART_SAVED = act("chart.saved", "audience", "nodes")
CHART_RENAMED = act("chart.renamed")
CHART_READ = act("chart.read", reads=True)
CHART_REMOVED = act("chart.removed")
CHART_EXPORTED = act("chart.exported", "format", "nodes", reads=True)
