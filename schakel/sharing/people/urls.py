"""Addresses of people and their roles."""

from django.urls import path

from schakel.sharing.people import pages

app_name = "people"
urlpatterns = [
    path("mensen/", pages.people, name="people"),
    path("mensen/<slug:party>/<int:person_id>/", pages.person, name="person"),
    path("mensen/<slug:party>/<int:person_id>/rol/<int:held_id>/intrekken/", pages.take_role, name="take"),
    path("mijn-rollen/", pages.mine, name="mine"),
]
