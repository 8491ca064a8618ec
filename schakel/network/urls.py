"""Addresses of signing in and out."""

from django.urls import path

from schakel.network import views
from schakel.network.signing import views as signing

app_name = "network"
urlpatterns = [
    path("aanmelden/", signing.SignIn.as_view(), name="sign-in"),
    path("afmelden/", signing.SignOut.as_view(), name="sign-out"),
    path("namens/", views.act_as, name="act-as"),
]
