"""Addresses of signing in and out, and of one's own sessions."""

from django.urls import path

from schakel.network import views
from schakel.network.signing import passwords, sessions
from schakel.network.signing import views as signing

app_name = "network"
urlpatterns = [
    path("aanmelden/", signing.SignIn.as_view(), name="sign-in"),
    path("afmelden/", signing.SignOut.as_view(), name="sign-out"),
    path("namens/", views.act_as, name="act-as"),
    path("toegang/sessies/", sessions.sessions, name="sessions"),
    path("toegang/sessies/anders/", sessions.end_other_sessions, name="end-other-sessions"),
    path("toegang/sessies/<int:number>/", sessions.end_session, name="end-session"),
    path("aanmelden/wachtwoord/", passwords.AskPassword.as_view(), name="ask-password"),
    path("aanmelden/wachtwoord/<str:uidb64>/<str:token>/", passwords.NewPassword.as_view(), name="new-password"),
]
