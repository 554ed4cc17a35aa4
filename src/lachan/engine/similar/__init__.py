"""Messages that belong together: copies of one text, and those that share a site, a telephone number or an account.

`Clusters` gathers them as they come and keeps to what people decide; `indicators.read` says what a text shares with others;
`bursts` finds the stretches in which many came.
"""

from lachan.engine.similar.bursts import Burst, bursts
from lachan.engine.similar.clusters import Cluster, Clusters
from lachan.engine.similar.groups import Contradicts
from lachan.engine.similar.indicators import read as indicators_of

__all__ = ["Burst", "Cluster", "Clusters", "Contradicts", "bursts", "indicators_of"]
