"""Addresses of signing in and out."""

from django.urls import path

from schakel.network import views

app_name = "network"
urlpatterns = [
    path("aanmelden/", views.SignIn.as_view(), name="sign-in"),
    path("afmelden/", views.SignOut.as_view(), name="sign-out"),
    path("namens/", views.act_as, name="act-as"),
]
