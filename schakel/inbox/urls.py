"""Addresses of the inbox. They stand in no namespace: the page shell links to "inbox" where a project has it."""

from django.urls import path

from schakel.inbox import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/gelezen/", views.read, name="inbox-read"),
    path("inbox/<int:item_id>/", views.opened, name="inbox-open"),
    path("inbox/<int:item_id>/afgedaan/", views.done, name="inbox-done"),
    path("inbox/voorkeuren/", views.preferences, name="inbox-preferences"),
    path("inbox/waarneming/", views.deputy, name="inbox-deputy"),
    path("inbox/waarneming/<int:deputy_id>/beeindigen/", views.deputy_ends, name="inbox-deputy-ends"),
    path("beheer/post/", views.mail, name="inbox-mail"),
]
