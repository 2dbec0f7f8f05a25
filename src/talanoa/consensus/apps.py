"""The consensus app."""

from django.apps import AppConfig


class ConsensusConfig(AppConfig):
    """Consensus calls, the register of objections, designations, and how they are contested."""

    name = "talanoa.consensus"
