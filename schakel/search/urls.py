"""Addresses of search. Names without a namespace: the shell of every page links to them where they are there."""

from django.urls import path

from schakel.search import views

urlpatterns = [
    path("zoeken/", views.results, name="search"),
    path("zoeken/snel/", views.quick, name="search-quick"),
]
