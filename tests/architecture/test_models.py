"""What points to what: models point down, and never by a generic key."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from architecture.source import layers

DEPTH = {app: depth for depth, layer in enumerate(layers()) for app in layer}
OURS = [model for model in apps.get_models() if model.__module__.startswith("talanoa.")]


def relations(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    """The model's own foreign keys, with what each points to."""
    for field in model._meta.get_fields(include_parents=False):
        if field.is_relation and field.concrete and isinstance(field.related_model, type):
            yield field.name, field.related_model


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_points_to_its_own_app_or_below(model: type[models.Model]) -> None:
    app = model._meta.app_label
    up = [
        f"{name} -> {target._meta.label}"
        for name, target in relations(model)
        if target._meta.app_label != app and DEPTH[target._meta.app_label] <= DEPTH[app]
    ]
    assert up == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_has_no_generic_key(model: type[models.Model]) -> None:
    assert [field.name for field in model._meta.private_fields] == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_model_says_what_it_is(model: type[models.Model]) -> None:
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")
