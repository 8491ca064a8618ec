"""The shell's own pages: language switch, help, glossary, accessibility statement."""

from django.urls import path
from django.views.i18n import set_language

from schakel.web import views

app_name = "web"
urlpatterns = [
    path("taal/", set_language, name="set_language"),
    path("hulp/", views.help_page, name="help"),
    path("begrippen/", views.glossary_page, name="glossary"),
    path("toegankelijkheid/", views.accessibility_page, name="accessibility"),
]
