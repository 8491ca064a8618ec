"""Addresses of what a party lets others and its own systems do."""

from django.urls import path

from schakel.sharing import views

app_name = "sharing"
urlpatterns = [
    path("sleutels/", views.tokens, name="tokens"),
    path("sleutels/<int:token_id>/intrekken/", views.withdraw, name="withdraw-token"),
]
