"""Addresses of people and their roles."""

from django.urls import path

from schakel.sharing.people import invitation_pages, leaving_pages, pages

app_name = "people"
urlpatterns = [
    path("mensen/", pages.people, name="people"),
    path("mensen/<slug:party>/<int:person_id>/", pages.person, name="person"),
    path("mensen/<slug:party>/<int:person_id>/rol/<int:held_id>/intrekken/", pages.take_role, name="take"),
    path("mensen/<slug:party>/uitnodigen/", invitation_pages.new, name="invite"),
    path("mensen/<int:person_id>/vertrek/", leaving_pages.leaving, name="leaving"),
    path("uitnodigingen/<int:invitation_id>/intrekken/", invitation_pages.withdraw, name="withdraw"),
    path("uitnodigingen/<int:invitation_id>/opnieuw/", invitation_pages.again, name="again"),
    path("uitnodiging/<str:text>/", invitation_pages.accept_invitation, name="accept"),
    path("mijn-rollen/", pages.mine, name="mine"),
]
